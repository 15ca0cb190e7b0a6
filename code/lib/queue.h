/* Written by heddle tangle from chapters/86-library.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
/*
 * queue - hand pointers from some threads to others, in order.
 *
 * Items are pointers, which the queue never looks behind; NULL is one, too.
 * The caller owns the queue and everything put into it. Items come out in the
 * order in which they went in, and threads are served in the order in which
 * they began to wait: nobody is passed over.
 *
 * Any thread may call anything at any time between queue_init and
 * queue_destroy, but no signal handler may. A signal that arrives while a call
 * waits runs its handler, and the call waits on. No call is a cancellation
 * point (pthreads(7)): a cancelled thread first finishes the call, so closing
 * the queue is what wakes it. Threads that are cancelled asynchronously must
 * not use a queue.
 *
 * Deadlines are moments of CLOCK_MONOTONIC, see lib/clock.h; NULL waits for
 * ever. No deadline, not even one that has passed, keeps a call from doing
 * what it can do without waiting. Functions return 0 or an errno value.
 *
 * Linux of 64 bits lets waiting threads sleep on a futex(2) of their own. Other
 * systems use condition variables; of these, only Linux of 32 bits was run.
 */
#ifndef HEDDLE_QUEUE_H
#define HEDDLE_QUEUE_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <time.h>

#include "lib/nodiscard.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Threads that wait, in the order in which they came. */
struct queue_line {
    struct queue_waiter *first, *last;
};

/* Where items go in, or come out. */
struct queue_door {
    pthread_mutex_t lock;
    size_t at;              /* the slot of the next item here */
    size_t moved, may_move; /* with this lock alone, since both were held */
    size_t done, may_do;    /* the same of queue_task_done: at the way out */
    char apart[64];         /* two processors, two lines of their caches */
};

/* All of it is the library's own: leave it alone. */
struct queue {
    struct queue_door in, out;
    void **ring; /* the items, in `room` slots */
    size_t room;
    size_t count;      /* items in the ring, */
    size_t unfinished; /* put and not yet done with: when both were held */
    struct queue_line getters, putters, joiners;
    size_t capacity; /* SIZE_MAX: unbounded */
    bool closed;
};

/* ---- Beginning and end ---- */

#define QUEUE_UNBOUNDED 0

/*
 * An empty queue for `capacity` items, or QUEUE_UNBOUNDED for any number. A
 * bounded one takes all its memory now, an unbounded one as it grows; that
 * goes back when it has run empty.
 *
 * Returns 0 or ENOMEM. The queue must not be moved.
 */
NODISCARD int queue_init(struct queue *q, size_t capacity);

/*
 * Give its memory back. Items that are still in it are forgotten, not freed:
 * queue_close_now hands them out.
 *
 * Returns 0, or EBUSY if a thread waits in it; the queue is then as it was.
 * No other thread may be in a call, except one that has had what it waited
 * for, or gave what we waited for, and is on its way out: so whoever has
 * joined a queue may destroy it. A wait with a deadline has to be over, though.
 */
int queue_destroy(struct queue *q);

/* ---- One item ---- */

/*
 * Put an item behind all others, waiting for room until `deadline`.
 *
 * Returns 0, or
 *   ETIMEDOUT  no room in time
 *   EPIPE      the queue is closed, perhaps while we waited
 *   EINVAL     the deadline is no time (tv_nsec, or below zero)
 *   ENOMEM     no memory: an unbounded queue could not grow
 * and then the item is not in the queue and still the caller's.
 */
NODISCARD int queue_put(struct queue *q, void *item,
                        const struct timespec *deadline);

/* The same without waiting: EAGAIN if there is no room. */
NODISCARD int queue_try_put(struct queue *q, void *item);

/*
 * Take the oldest item, waiting for one until `deadline`.
 *
 * Returns 0 with *item set; ETIMEDOUT if none came in time; EPIPE when the
 * queue is closed and drained; EINVAL if the deadline is no time. On failure
 * *item keeps its old value.
 */
NODISCARD int queue_get(struct queue *q, void **item,
                        const struct timespec *deadline);

/* The same without waiting: EAGAIN if there is nothing to take. */
NODISCARD int queue_try_get(struct queue *q, void **item);

/* ---- Many ---- */

/*
 * Put `count` items, in this order, waiting for room as often as it takes; the
 * queue may have room for fewer. Items of others come between them only where
 * this had to wait.
 *
 * Returns as queue_put. *put says in every case how many are in the queue, or
 * have been: the first ones. With ENOMEM it is none.
 */
NODISCARD int queue_put_many(struct queue *q, void *const items[],
                             size_t count, size_t *put,
                             const struct timespec *deadline);

/*
 * Take up to `most` items, oldest first, waiting only for the first of them.
 *
 * Returns as queue_get; with 0, *got is at least 1 unless `most` is 0. On
 * failure *got keeps its old value.
 */
NODISCARD int queue_get_many(struct queue *q, void *items[], size_t most,
                             size_t *got, const struct timespec *deadline);

/* ---- Is it done? ---- */

/*
 * One item that was taken is done with: to be called once for each.
 *
 * Returns 0, or EINVAL if that is more often than items were put.
 */
int queue_task_done(struct queue *q);

/*
 * Wait until every item that was put is done with, or was dropped by
 * queue_close_now.
 *
 * Returns 0 as soon as that is so, even if more is put meanwhile; ETIMEDOUT;
 * EINVAL if the deadline is no time.
 */
int queue_join(struct queue *q, const struct timespec *deadline);

/* How many items are in it: true at the moment of the call, and then old. */
size_t queue_size(struct queue *q);

/* ---- No more ---- */

/*
 * Nothing can be put any more: whoever waits to put, or tries later, gets
 * EPIPE. Items in the queue can still be taken; after the last one, whoever
 * waits to get, or tries later, gets EPIPE. Twice is harmless.
 */
void queue_close(struct queue *q);

/*
 * Close, and drop what is in the queue: dropped items count as done with.
 * Each is handed to drop(item, arg), oldest first, unless `drop` is NULL.
 */
void queue_close_now(struct queue *q, void (*drop)(void *item, void *arg),
                     void *arg);

/* ---- A loop over a queue ---- */

/*
 * Put by whoever wants one loop to end: the loop that takes it does, when all
 * that was put before has been taken. One for each loop.
 */
#define QUEUE_END ((void *)&queue_end_mark)
extern char queue_end_mark;

/* The state of one loop over a queue: {.queue = q}. */
struct queue_loop {
    struct queue *queue;
    bool busy; /* an item is in hand */
};

/*
 * The next item, waiting for it; the one before is done with. Returns false,
 * with *item as it was, after QUEUE_END or when the queue is closed and
 * drained.
 *
 *     struct queue_loop loop = {.queue = q};
 *     while (queue_next(&loop, &item))
 *         use(item);
 */
NODISCARD bool queue_next(struct queue_loop *loop, void **item);

/* For a loop left early: the item in hand, if any, is done with. */
void queue_loop_end(struct queue_loop *loop);

#ifdef __cplusplus
}
#endif

#endif
