/* Written by heddle tangle from chapters/82-lock-inside.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#define _GNU_SOURCE /* pthread_mutex_clocklock */

#include "lib/lock.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/clock.h"

/* gcc's ThreadSanitizer does not see that call take the mutex. */
#if defined __GLIBC__ && !defined __SANITIZE_THREAD__
#define HAS_CLOCKLOCK __GLIBC_PREREQ(2, 30)
#else
#define HAS_CLOCKLOCK 0
#endif

static _Noreturn void give_up_order(const struct lock *l, const struct lock *h)
{
    if (h == l)
        fprintf(stderr,
                "lock \"%s\" is wanted again by the thread that holds it\n",
                l->name);
    else if (h->rank == l->rank)
        fprintf(stderr,
                "lock \"%s\" is wanted while \"%s\" of the same rank %d is "
                "held: take both with lock_acquire_both\n",
                l->name, h->name, l->rank);
    else
        fprintf(stderr,
                "lock \"%s\" (rank %d) is wanted while \"%s\" (rank %d) is "
                "held: lower ranks come first\n",
                l->name, l->rank, h->name, h->rank);
    abort();
}

static void must(int err, const struct lock *l, const char *done)
{
    if (err == 0)
        return;
    fprintf(stderr, "lock \"%s\" cannot be %s: %s\n", l->name, done,
            strerror(err));
    abort();
}

/* What this thread holds, and what stands in the way of one more. */

static _Thread_local struct lock *held;

/* The held lock that forbids to take l; its peer does not. */
static const struct lock *obstacle(const struct lock *l,
                                   const struct lock *peer)
{
    const struct lock *h = held;

    while (h != NULL && (h == peer || h->rank < l->rank))
        h = h->outer;
    return h;
}

static void remember(struct lock *l)
{
    l->outer = held;
    held = l;
}

/* Whether it was held. While it is, nobody else touches its link. */
static bool forget(struct lock *l)
{
    struct lock **at = &held;

    while (*at != NULL && *at != l)
        at = &(*at)->outer;
    if (*at == NULL)
        return false;
    *at = l->outer;
    return true;
}

static void keep_order(const struct lock *l, const struct lock *peer)
{
    const struct lock *h = obstacle(l, peer);

    if (h != NULL)
        give_up_order(l, h);
}

static void take(struct lock *l, const struct lock *peer)
{
    keep_order(l, peer);
    must(pthread_mutex_lock(&l->mutex), l, "taken");
    remember(l);
}

#if HAS_CLOCKLOCK
static int wait_for(pthread_mutex_t *mutex, const struct timespec *deadline)
{
    return pthread_mutex_clocklock(mutex, CLOCK_MONOTONIC, deadline);
}
#else
enum { LONGEST_NAP_MS = 16 };

/* Why to wait no longer; or 0. */
static int end_of_wait(const struct timespec *deadline)
{
    if (deadline->tv_nsec < 0 || deadline->tv_nsec >= 1000000000)
        return EINVAL;
    return clock_passed(*deadline) ? ETIMEDOUT : 0;
}

/* nanosleep(2) is a cancellation point, and taking a lock is none. */
static int wait_for(pthread_mutex_t *mutex, const struct timespec *deadline)
{
    int cancel_state, nap_ms = 1;
    int err = pthread_mutex_trylock(mutex);

    pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &cancel_state);
    while (err == EBUSY && (err = end_of_wait(deadline)) == 0) {
        const struct timespec nap = {.tv_nsec = nap_ms * 1000000L};

        nanosleep(&nap, NULL);
        nap_ms = nap_ms < LONGEST_NAP_MS ? nap_ms * 2 : nap_ms;
        err = pthread_mutex_trylock(mutex);
    }
    pthread_setcancelstate(cancel_state, NULL);
    return err;
}
#endif

static bool comes_first(const struct lock *a, const struct lock *b)
{
    return a->rank != b->rank ? a->rank < b->rank
                              : (uintptr_t)a < (uintptr_t)b;
}

/* The interface. */

int lock_init(struct lock *l, const char *name, int rank)
{
    int err = pthread_mutex_init(&l->mutex, NULL);

    if (err == 0) {
        l->name = name;
        l->rank = rank;
        l->outer = NULL;
    }
    return err;
}

void lock_destroy(struct lock *l)
{
    must(lock_is_held(l) ? EBUSY : pthread_mutex_destroy(&l->mutex), l,
         "destroyed");
}

void lock_acquire(struct lock *l)
{
    take(l, NULL);
}

int lock_try(struct lock *l)
{
    int err = pthread_mutex_trylock(&l->mutex);

    if (err == EBUSY)
        return EBUSY;
    must(err, l, "taken");
    remember(l);
    return 0;
}

int lock_acquire_until(struct lock *l, const struct timespec *deadline)
{
    int err;

    if (deadline == NULL) {
        lock_acquire(l);
        return 0;
    }
    keep_order(l, NULL);
    err = wait_for(&l->mutex, deadline);
    if (err == ETIMEDOUT || err == EINVAL)
        return err;
    must(err, l, "taken");
    remember(l);
    return 0;
}

void lock_release(struct lock *l)
{
    if (!forget(l)) {
        fprintf(stderr,
                "lock \"%s\" is released by a thread that does not hold it\n",
                l->name);
        abort();
    }
    must(pthread_mutex_unlock(&l->mutex), l, "released");
}

void lock_acquire_both(struct lock *a, struct lock *b)
{
    struct lock *first = comes_first(a, b) ? a : b;
    struct lock *second = first == a ? b : a;

    take(first, NULL);
    if (second != first)
        take(second, first);
}

void lock_release_both(struct lock *a, struct lock *b)
{
    lock_release(a);
    if (b != a)
        lock_release(b);
}

bool lock_is_held(const struct lock *l)
{
    const struct lock *h = held;

    while (h != NULL && h != l)
        h = h->outer;
    return h != NULL;
}
