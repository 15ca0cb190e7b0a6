/* Written by heddle tangle from chapters/83-queue-inside.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#define _GNU_SOURCE /* PTHREAD_MUTEX_ADAPTIVE_NP */

#include "lib/queue_inside.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>

enum { FIRST_ROOM = 64, KEPT_ROOM = 1024 }; /* slots of an unbounded queue */

/*
 * Whenever the lock is free,
 * - if somebody waits for an item, the ring is empty and nobody waits for room;
 * - if somebody waits for room, the ring is full and nobody waits for an item.
 * Whoever changes the ring serves the lines before it gives the lock back.
 *
 * "The lock" is both of them: that of the way in is taken first. With one alone,
 * an item may only pass where nobody waits and nobody has to be served.
 */

/* With less room it is full or empty so often that a second lock only costs. */
#ifndef TWO_DOORS /* the tests say 1 */
#define TWO_DOORS 16
#endif

static bool has_two_doors(const struct queue *q)
{
    return q->capacity >= TWO_DOORS;
}

/* With the lock of the way in. Now nothing moves, and what has moved is counted. */
static void lock_way_out(struct queue *q)
{
    if (!has_two_doors(q))
        return;
    pthread_mutex_lock(&q->out.lock);
    q->count += q->in.moved - q->out.moved;
    q->unfinished += q->in.moved - q->out.done;
    q->in.moved = q->out.moved = q->out.done = 0;
}

static void lock_both(struct queue *q)
{
    pthread_mutex_lock(&q->in.lock);
    lock_way_out(q);
}

/*
 * Says what each door may do alone. At the other one a put only adds items and
 * a get only adds room, so it stays true. Where somebody waits, nothing: it has
 * to be served. The last that is unfinished is what the joiners wait for.
 */
static void unlock_both(struct queue *q)
{
    bool takes = !q->closed && q->getters.first == NULL;

    if (has_two_doors(q)) {
        q->in.may_move = takes ? q->room - q->count : 0;
        q->out.may_move = q->putters.first == NULL ? q->count : 0;
        q->out.may_do = q->unfinished > 0 ? q->unfinished - 1 : 0;
        pthread_mutex_unlock(&q->out.lock);
    }
    pthread_mutex_unlock(&q->in.lock);
}

/* Those who wait. */

static void join_line(struct queue_line *line, struct queue_waiter *w)
{
    w->next = NULL;
    w->previous = line->last;
    if (line->last != NULL)
        line->last->next = w;
    else
        line->first = w;
    line->last = w;
}

static void leave_line(struct queue_line *line, struct queue_waiter *w)
{
    if (w->previous != NULL)
        w->previous->next = w->next;
    else
        line->first = w->next;
    if (w->next != NULL)
        w->next->previous = w->previous;
    else
        line->last = w->previous;
}

/* The first in line has what it waited for: to be woken by wake_all. */
static void serve_first(struct queue_line *line, struct queue_line *served)
{
    struct queue_waiter *w = line->first;

    leave_line(line, w);
    join_line(served, w);
    w->waits = false;
}

static void serve_all(struct queue_line *line, int err,
                      struct queue_line *served)
{
    while (line->first != NULL) {
        line->first->err = err;
        serve_first(line, served);
    }
}

/* Without the lock. One that is awake may return, and its stack is no waiter
 * any more: so `next` is read first. */
static void wake_all(const struct queue_line *served)
{
    struct queue_waiter *next;

    for (struct queue_waiter *w = served->first; w != NULL; w = next) {
        next = w->next;
        queue_wake(&w->sleep);
    }
}

static const struct timespec at_once; /* as a deadline: do not wait at all */

/* With the lock: 0 if it now waits in line, or why it does not. */
static int line_up(struct queue_line *line, struct queue_waiter *self,
                   const struct timespec *deadline)
{
    int err = deadline == &at_once ? EAGAIN : queue_sleep_init(&self->sleep);

    if (err == 0) {
        join_line(line, self);
        self->waits = true;
    }
    return err;
}

/* Who has the lock first decides. Out of the line, nobody writes to our stack
 * any more; false if it is too late for that, and we are served. */
static bool gives_up(struct queue *q, struct queue_line *line,
                     struct queue_waiter *self)
{
    bool waits;

    lock_both(q);
    waits = self->waits;
    if (waits)
        leave_line(line, self);
    unlock_both(q);
    return waits;
}

/* Without the lock: how the wait has ended. */
static int wait_in_line(struct queue *q, struct queue_line *line,
                        struct queue_waiter *self,
                        const struct timespec *deadline)
{
    if (queue_sleep(&self->sleep, deadline) == ETIMEDOUT) {
        if (gives_up(q, line, self))
            self->err = ETIMEDOUT;
        else
            queue_sleep(&self->sleep, NULL); /* its wake writes to our stack */
    }
    queue_sleep_destroy(&self->sleep);
    return self->err;
}

static bool is_time(const struct timespec *t)
{
    return t == NULL ||
           (t->tv_sec >= 0 && t->tv_nsec >= 0 && t->tv_nsec < 1000000000);
}

/* The ring. */

/* The slot at this door; then the next one is. */
static void **next_slot(struct queue *q, struct queue_door *door)
{
    void **slot = &q->ring[door->at];

    door->at = door->at + 1 < q->room ? door->at + 1 : 0;
    return slot;
}

static void push(struct queue *q, void *item)
{
    *next_slot(q, &q->in) = item;
    q->count++;
    q->unfinished++;
}

static void *pull(struct queue *q)
{
    q->count--;
    return *next_slot(q, &q->out);
}

static int change_room(struct queue *q, size_t room)
{
    void **ring = room <= SIZE_MAX / sizeof *ring
                      ? malloc(room * sizeof *ring) : NULL;
    size_t count = 0;

    if (ring == NULL)
        return ENOMEM;
    while (q->count > 0)
        ring[count++] = pull(q);
    free(q->ring);
    q->ring = ring;
    q->room = room;
    q->count = count;
    q->out.at = 0;
    q->in.at = count < room ? count : 0;
    return 0;
}

/* For `more` items; a bounded queue has all its room already. */
static int make_room(struct queue *q, size_t more)
{
    size_t room = q->room;

    if (q->capacity != SIZE_MAX)
        return 0;
    while (room - q->count < more && room <= SIZE_MAX / 2)
        room *= 2;
    if (room - q->count < more)
        return ENOMEM;
    return room == q->room ? 0 : change_room(q, room);
}

/* It has run empty: a crowd that has gone needs no room. */
static void give_room_back(struct queue *q)
{
    if (q->capacity == SIZE_MAX && q->room > KEPT_ROOM)
        (void)change_room(q, KEPT_ROOM); /* no memory: then it stays */
}

/* Put. */

/* To those who wait for items, in their order; the ring is empty then. */
static void hand_over(struct queue *q, struct queue_waiter *self,
                      struct queue_line *served)
{
    while (self->left > 0 && q->getters.first != NULL) {
        struct queue_waiter *to = q->getters.first;

        for (; self->left > 0 && to->left > 0; self->left--, to->left--) {
            *to->to++ = *self->from++;
            q->unfinished++;
        }
        serve_first(&q->getters, served);
    }
}

static void fill_ring(struct queue *q, struct queue_waiter *from)
{
    for (; from->left > 0 && q->count < q->capacity; from->left--)
        push(q, *from->from++);
}

/* Called with the lock, returns without it. First to those who wait, then into
 * the ring, and the rest waits in line: that is the queue's order. */
static int put_slowly(struct queue *q, void *const items[], size_t count,
                      size_t *put, const struct timespec *deadline)
{
    struct queue_waiter self = {.from = items, .left = count};
    struct queue_line served = {0};
    int err = q->closed ? EPIPE : make_room(q, count);
    bool waits;

    if (err == 0) {
        hand_over(q, &self, &served);
        fill_ring(q, &self);
    }
    if (err == 0 && self.left > 0)
        err = line_up(&q->putters, &self, deadline);
    waits = err == 0 && self.left > 0;
    unlock_both(q);
    wake_all(&served);
    if (waits)
        err = wait_in_line(q, &q->putters, &self, deadline);
    *put = count - self.left;
    return err;
}

/* Mostly nobody waits and there is room: a lock, a store, and an unlock. */
static int put_one(struct queue *q, void *item,
                   const struct timespec *deadline)
{
    size_t put;

    pthread_mutex_lock(&q->in.lock);
    if (q->in.moved == q->in.may_move) {
        lock_way_out(q);
        return put_slowly(q, &item, 1, &put, deadline);
    }
    *next_slot(q, &q->in) = item;
    q->in.moved++;
    pthread_mutex_unlock(&q->in.lock);
    return 0;
}

int queue_put(struct queue *q, void *item, const struct timespec *deadline)
{
    return is_time(deadline) ? put_one(q, item, deadline) : EINVAL;
}

int queue_try_put(struct queue *q, void *item)
{
    return put_one(q, item, &at_once);
}

int queue_put_many(struct queue *q, void *const items[], size_t count,
                   size_t *put, const struct timespec *deadline)
{
    *put = 0;
    if (!is_time(deadline))
        return EINVAL;
    lock_both(q);
    return put_slowly(q, items, count, put, deadline);
}

/* Get. */

/* Those who wait for room get it, in their order. */
static void let_in(struct queue *q, struct queue_line *served)
{
    while (q->putters.first != NULL && q->count < q->capacity) {
        struct queue_waiter *from = q->putters.first;

        fill_ring(q, from);
        if (from->left == 0)
            serve_first(&q->putters, served);
    }
}

/* Each item taken leaves room, and whoever waits first for room gets it at
 * once: a batch goes on with what has just come in. */
static void take(struct queue *q, struct queue_waiter *self,
                 struct queue_line *served)
{
    while (self->left > 0 && q->count > 0) {
        for (; self->left > 0 && q->count > 0; self->left--)
            *self->to++ = pull(q);
        let_in(q, served);
    }
}

static int count_done(struct queue *q, struct queue_line *served)
{
    if (q->unfinished == 0)
        return EINVAL;
    if (--q->unfinished == 0)
        serve_all(&q->joiners, 0, served);
    return 0;
}

/* Called with the lock, returns without it; wakes `served` as well. */
static int get_slowly(struct queue *q, void *items[], size_t most, size_t *got,
                      const struct timespec *deadline,
                      struct queue_line served)
{
    struct queue_waiter self = {.to = items, .left = most};
    int err = 0;
    bool waits;

    take(q, &self, &served);
    waits = self.left == most && most > 0;
    if (waits) {
        give_room_back(q);
        err = q->closed ? EPIPE : line_up(&q->getters, &self, deadline);
    }
    unlock_both(q);
    wake_all(&served);
    if (waits && err == 0)
        err = wait_in_line(q, &q->getters, &self, deadline);
    if (err == 0)
        *got = most - self.left;
    return err;
}

/* With the lock of the way out alone: an item, or that one is done with, or
 * both, or neither. False if that is not to be done alone. */
static bool pass_alone(struct queue *q, bool done, void **item)
{
    struct queue_door *out = &q->out;
    bool may;

    if (!has_two_doors(q))
        return false;
    pthread_mutex_lock(&out->lock);
    may = (item == NULL || out->moved < out->may_move) &&
          (!done || out->done < out->may_do);
    if (may && item != NULL) {
        *item = *next_slot(q, out);
        out->moved++;
    }
    if (may && done)
        out->done++;
    pthread_mutex_unlock(&out->lock);
    return may;
}

/* With `done`, the item taken before is done with; one lock does for both. */
static int get_one(struct queue *q, bool done, void **item,
                   const struct timespec *deadline)
{
    struct queue_line served = {0};
    size_t got;

    if (pass_alone(q, done, item))
        return 0;
    lock_both(q);
    if (done)
        count_done(q, &served);
    return get_slowly(q, item, 1, &got, deadline, served);
}

int queue_get(struct queue *q, void **item, const struct timespec *deadline)
{
    return is_time(deadline) ? get_one(q, false, item, deadline) : EINVAL;
}

int queue_try_get(struct queue *q, void **item)
{
    return get_one(q, false, item, &at_once);
}

int queue_get_many(struct queue *q, void *items[], size_t most, size_t *got,
                   const struct timespec *deadline)
{
    if (!is_time(deadline))
        return EINVAL;
    lock_both(q);
    return get_slowly(q, items, most, got, deadline, (struct queue_line){0});
}

/* Join, and close. */

int queue_task_done(struct queue *q)
{
    struct queue_line served = {0};
    int err;

    if (pass_alone(q, true, NULL))
        return 0;
    lock_both(q);
    err = count_done(q, &served);
    unlock_both(q);
    wake_all(&served);
    return err;
}

int queue_join(struct queue *q, const struct timespec *deadline)
{
    struct queue_waiter self = {0};
    bool waits;
    int err = 0;

    if (!is_time(deadline))
        return EINVAL;
    lock_both(q);
    waits = q->unfinished > 0;
    if (waits)
        err = line_up(&q->joiners, &self, deadline);
    unlock_both(q);
    if (waits && err == 0)
        err = wait_in_line(q, &q->joiners, &self, deadline);
    return err;
}

/* Nothing is lost: a thread that waits for an item waits at an empty ring. */
static void shut(struct queue *q, struct queue_line *served)
{
    q->closed = true;
    serve_all(&q->getters, EPIPE, served);
    serve_all(&q->putters, EPIPE, served);
}

void queue_close(struct queue *q)
{
    struct queue_line served = {0};

    lock_both(q);
    shut(q, &served);
    unlock_both(q);
    wake_all(&served);
}

/* What was in the queue goes to `old`; it counts as done with. Somebody may
 * have called queue_task_done for items never taken: not below zero. */
static void empty_into(struct queue *q, struct queue *old,
                       struct queue_line *served)
{
    size_t done = q->count < q->unfinished ? q->count : q->unfinished;

    *old = (struct queue){.ring = q->ring, .room = q->room,
                          .out.at = q->out.at, .count = q->count};
    q->ring = NULL;
    q->room = q->count = 0;
    q->unfinished -= done;
    if (q->unfinished == 0)
        serve_all(&q->joiners, 0, served);
}

void queue_close_now(struct queue *q, void (*drop)(void *item, void *arg),
                     void *arg)
{
    struct queue_line served = {0};
    struct queue old;

    lock_both(q);
    shut(q, &served);
    empty_into(q, &old, &served);
    unlock_both(q);
    wake_all(&served); /* from here on the queue may be gone */
    while (drop != NULL && old.count > 0)
        drop(pull(&old), arg);
    free(old.ring);
}

/* Beginning and end. */

/* Held for a few instructions: worth a short wait before falling asleep. */
static int init_lock(pthread_mutex_t *lock)
{
#if defined(__linux__) && defined(__GLIBC__)
    pthread_mutexattr_t attributes;
    int err = pthread_mutexattr_init(&attributes);

    if (err != 0)
        return err;
    pthread_mutexattr_settype(&attributes, PTHREAD_MUTEX_ADAPTIVE_NP);
    err = pthread_mutex_init(lock, &attributes);
    pthread_mutexattr_destroy(&attributes);
    return err;
#else
    return pthread_mutex_init(lock, NULL);
#endif
}

int queue_init(struct queue *q, size_t capacity)
{
    bool bounded = capacity != QUEUE_UNBOUNDED;
    struct queue made = {.capacity = bounded ? capacity : SIZE_MAX};
    int err = change_room(&made, bounded ? capacity : FIRST_ROOM);

    if (err != 0)
        return err;
    *q = made;
    err = init_lock(&q->in.lock);
    if (err == 0) {
        err = init_lock(&q->out.lock);
        if (err != 0)
            pthread_mutex_destroy(&q->in.lock);
    }
    if (err != 0)
        free(q->ring);
    return err;
}

int queue_destroy(struct queue *q)
{
    bool busy;

    lock_both(q);
    busy = q->getters.first != NULL || q->putters.first != NULL ||
           q->joiners.first != NULL;
    unlock_both(q);
    if (busy)
        return EBUSY;
    pthread_mutex_destroy(&q->in.lock);
    pthread_mutex_destroy(&q->out.lock);
    free(q->ring);
    return 0;
}

size_t queue_size(struct queue *q)
{
    size_t count;

    lock_both(q);
    count = q->count;
    unlock_both(q);
    return count;
}

/* A loop. */

char queue_end_mark;

bool queue_next(struct queue_loop *loop, void **item)
{
    bool done = loop->busy;
    void *next;

    loop->busy = false;
    if (get_one(loop->queue, done, &next, NULL) != 0)
        return false;
    loop->busy = true;
    if (next == QUEUE_END) {
        queue_loop_end(loop); /* the mark was put, so it is to be done with */
        return false;
    }
    *item = next;
    return true;
}

void queue_loop_end(struct queue_loop *loop)
{
    if (loop->busy)
        queue_task_done(loop->queue);
    loop->busy = false;
}
