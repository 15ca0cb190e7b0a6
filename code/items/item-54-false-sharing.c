/* Written by heddle tangle from chapters/40-lock.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#define _GNU_SOURCE /* sched_setaffinity */
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

#include "lib/clock.h"

enum { BURST = 20000, ROUNDS = 31 };

static struct {
    volatile long near[2];     /* side by side, mostly in one line */
    volatile long far[2][64];  /* each begins a line of its own */
} counters;                    /* volatile: each addition is made */

struct job {
    int me;
    double near[ROUNDS], far[ROUNDS];
};

/* To the number-th of the cores that we may use; elsewhere: as it comes. */
static void keep_to_core(int number)
{
#ifdef __linux__
    cpu_set_t all, one;

    CPU_ZERO(&one);
    if (sched_getaffinity(0, sizeof all, &all) != 0)
        return;
    for (size_t core = 0; core < CPU_SETSIZE && number >= 0; core++)
        if (CPU_ISSET(core, &all) && number-- == 0)
            CPU_SET(core, &one);
    sched_setaffinity(0, sizeof one, &one); /* with one core it may fail */
#else
    (void)number;
#endif
}

static atomic_int meetings[2];

static void meet(int me)
{
    int mine = atomic_fetch_add(&meetings[me], 1) + 1;

    while (atomic_load(&meetings[1 - me]) < mine)
        continue;
}

/* Seconds for a burst of additions that begins when both are there. */
static double seconds_of_burst(int me, volatile long *counter)
{
    struct timespec start;

    meet(me);
    start = clock_now();
    for (int i = 0; i < BURST; i++)
        *counter += 1;
    return clock_seconds_since(start);
}

static void *count_in_bursts(void *arg)
{
    struct job *job = arg;

    keep_to_core(job->me);
    for (int i = 0; i < ROUNDS; i++) {
        job->near[i] = seconds_of_burst(job->me, &counters.near[job->me]);
        job->far[i] = seconds_of_burst(job->me, &counters.far[job->me][0]);
    }
    return NULL;
}

static int compare_times(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

static double median(double times[ROUNDS])
{
    qsort(times, ROUNDS, sizeof times[0], compare_times);
    return times[ROUNDS / 2];
}

int main(void)
{
    static struct job jobs[2] = {{.me = 0}, {.me = 1}};
    pthread_t threads[2];

    for (int i = 0; i < 2; i++)
        if (pthread_create(&threads[i], NULL, count_in_bursts, &jobs[i]) != 0)
            exit(1); /* not return: the other would look for ever */
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    printf("%ld and %ld counted, twice\n", counters.near[0],
           counters.far[1][0]);
    printf("side by side: %.1f times the time of far apart\n",
           median(jobs[0].near) / median(jobs[0].far));
    return 0;
}
