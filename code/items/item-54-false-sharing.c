/* Written by heddle tangle from chapters/40-lock.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

#include "lib/clock.h"

enum { COUNTS = 1000000, ROUNDS = 4 };

static struct {
    atomic_long near[2];        /* in one cache line */
    char apart[256];
    atomic_long far[2][64];     /* each begins a line of its own */
} counters;

static void *count_at(void *counter)
{
    for (int i = 0; i < COUNTS; i++)
        atomic_fetch_add_explicit((atomic_long *)counter, 1,
                                  memory_order_relaxed);
    return NULL;
}

/* Seconds until both have counted; negative if there are no threads. */
static double seconds_for(atomic_long *one, atomic_long *other)
{
    struct timespec start = clock_now();
    pthread_t thread;

    if (pthread_create(&thread, NULL, count_at, one) != 0)
        return -1;
    count_at(other);
    pthread_join(thread, NULL);
    return clock_seconds_since(start);
}

int main(void)
{
    double near = 0, far = 0;

    for (int i = 0; i < ROUNDS; i++) { /* in turns */
        near += seconds_for(&counters.near[0], &counters.near[1]);
        far += seconds_for(&counters.far[0][0], &counters.far[1][0]);
    }
    printf("%ld and %ld counted\n", atomic_load(&counters.near[0]),
           atomic_load(&counters.far[1][0]));
    printf("side by side: %.1f times the time of far apart\n", near / far);
    return 0;
}
