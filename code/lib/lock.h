/* Written by heddle tangle from chapters/86-library.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
/*
 * lock - a mutex that lets no order of locks pass which could end in a
 * deadlock.
 *
 * Each lock has a rank, and a thread takes locks by rising rank. Then no circle
 * of waiting threads can close (J. W. Havender, "Avoiding deadlock in
 * multitasking systems", 1968). Ranks are the program's own: low for locks that
 * are held long and taken first, high for those deep inside.
 *
 * The caller owns the lock, which must not move while it is in use, and its
 * name. Any thread may use any lock.
 *
 * Some things are mistakes of the program, and are found in each run that comes
 * by, with one thread or many: taking a lock out of order, or twice; giving
 * back what one does not hold; destroying what one holds. The program then says
 * so on stderr, in one line with the names of the locks, and aborts. A thread
 * that ends while it holds a lock keeps it for ever; this is not found.
 */
#ifndef HEDDLE_LOCK_H
#define HEDDLE_LOCK_H

#include <pthread.h>
#include <stdbool.h>
#include <time.h>

#include "lib/nodiscard.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Its fields are the library's own; they stand here to have a size. But
 * `mutex` may be lent to pthread_cond_wait while it is the only lock held. */
struct lock {
    pthread_mutex_t mutex;
    const char *name;
    int rank;
    struct lock *outer; /* held by the same thread, and taken before */
};

/* struct lock journal = LOCK_INIT("journal", 2); */
#define LOCK_INIT(name, rank) {PTHREAD_MUTEX_INITIALIZER, (name), (rank), NULL}

/*
 * Begin a lock at run time. The name is not copied.
 *
 * Returns 0, or
 *   ENOMEM, EAGAIN  of pthread_mutex_init(3); glibc has neither
 * and then there is no lock.
 */
NODISCARD int lock_init(struct lock *l, const char *name, int rank);

/* Nobody may hold it, and nobody may use it again. */
void lock_destroy(struct lock *l);

/*
 * Take the lock, waiting for it if need be. Every lock that this thread holds
 * must be of a lower rank.
 */
void lock_acquire(struct lock *l);

/*
 * Take the lock only if it is free: it never waits, so any order is right.
 *
 * Returns 0, or EBUSY when somebody holds it, be it this thread.
 */
NODISCARD int lock_try(struct lock *l);

/*
 * Take the lock as lock_acquire does, but wait for it no longer than until
 * `deadline`, a moment of CLOCK_MONOTONIC (see lib/clock.h; NULL waits for
 * ever). A lock that is free is taken, however late it is.
 *
 * Returns 0, or ETIMEDOUT, or EINVAL: it would have to wait, and the deadline
 * is no time (tv_nsec).
 */
NODISCARD int lock_acquire_until(struct lock *l,
                                 const struct timespec *deadline);

/* Give it back. Locks may be given back in any order. */
void lock_release(struct lock *l);

/*
 * Take two that may be of the same rank: the lower rank first, and of equals
 * the lower address, so that two threads agree whichever comes first in their
 * call. If both are one, it is taken once, and given back once.
 */
void lock_acquire_both(struct lock *a, struct lock *b);
void lock_release_both(struct lock *a, struct lock *b);

/* Does this thread hold it? About others nobody can say without a race. */
bool lock_is_held(const struct lock *l);

#ifdef __cplusplus
}
#endif

#endif
