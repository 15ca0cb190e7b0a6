/* Written by heddle tangle from chapters/40-lock.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#define _POSIX_C_SOURCE 200809L /* pthread_getcpuclockid */

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static atomic_bool flag;
static atomic_bool has_left;

/* Wait until the thread has used fifty milliseconds more, or has left. */
static void let_it_run(clockid_t its_clock)
{
    struct timespec from, now;

    clock_gettime(its_clock, &from);
    do {
        sched_yield();
        clock_gettime(its_clock, &now);
    } while (!has_left && (now.tv_sec - from.tv_sec) * 1000000000 +
                                  now.tv_nsec - from.tv_nsec <
                              50000000);
}

static void *wait_for_it(void *arg)
{
    volatile int busy = 0;

    while (!flag)
        (void)busy; /* and look again */
    has_left = true;
    return arg;
}

int main(void)
{
    pthread_t thread;
    clockid_t its_clock;

    if (pthread_create(&thread, NULL, wait_for_it, NULL) != 0 ||
        pthread_getcpuclockid(thread, &its_clock) != 0)
        return 1;
    let_it_run(its_clock);
    flag = true;
    let_it_run(its_clock);
    printf("the flag is set, and the thread %s\n",
           has_left ? "has left" : "still waits");
    fflush(stdout);
    _Exit(0); /* if it still waits, it would never end */
}
