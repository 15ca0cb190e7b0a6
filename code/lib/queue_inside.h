/* Written by heddle tangle from chapters/83-queue-inside.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
/*
 * queue_inside - what the files of queue share. Not for its users.
 */
#ifndef HEDDLE_QUEUE_INSIDE_H
#define HEDDLE_QUEUE_INSIDE_H

#include <stdatomic.h>

#include "lib/queue.h"

/* The time of a 32-bit futex depends on kernel and C library: not there. */
#if defined(__linux__) && defined(__LP64__)
#define QUEUE_FUTEX 1
#else
#define QUEUE_FUTEX 0
#endif

struct queue_sleep {
#if QUEUE_FUTEX
    atomic_uint state;
#else
    pthread_mutex_t lock;
    pthread_cond_t told;
    bool woken;
#endif
};

/* A thread that waits, on its own stack. */
struct queue_waiter {
    struct queue_waiter *next, *previous;
    bool waits;        /* nobody has served it yet */
    void *const *from; /* what it wants to put, */
    void **to;         /* or where it wants its items, */
    size_t left;       /* and how many more of them */
    int err;           /* how its wait has ended */
    struct queue_sleep sleep;
};

/*
 * One thread sleeps, one wakes it, once; in which order does not matter.
 * queue_sleep returns 0 when woken, or ETIMEDOUT, and may be called again. What
 * was written before queue_wake is visible after queue_sleep returned 0.
 */
int queue_sleep_init(struct queue_sleep *s); /* 0, ENOMEM, EAGAIN */
int queue_sleep(struct queue_sleep *s, const struct timespec *deadline);
void queue_wake(struct queue_sleep *s);
void queue_sleep_destroy(struct queue_sleep *s);

#endif
