/* Written by heddle tangle from chapters/10-when-concurrency.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#define _GNU_SOURCE /* sched_setaffinity */
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "lib/clock.h"
#include "lib/thread.h"

static double seconds_on_a_core(void)
{
    struct timespec t;

    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* Compute until this thread has been on a core for 0.05 seconds more. */
static void work(void)
{
    double start = seconds_on_a_core();

    while (seconds_on_a_core() - start < 0.05)
        for (volatile int i = 0; i < 10000; i++)
            continue;
}

static int twice(void)
{
    work();
    work();
    return 0;
}

static void *work_in_a_thread(void *arg, struct thread_error *error)
{
    (void)arg, (void)error;
    work();
    return NULL;
}

static int in_two_threads(void)
{
    struct thread one, other;
    int err = thread_start(&one, "one", work_in_a_thread, NULL);

    err |= thread_start(&other, "other", work_in_a_thread, NULL);
    err |= thread_join(&one, NULL, NULL);
    err |= thread_join(&other, NULL, NULL);
    return err;
}

#ifdef __linux__
static cpu_set_t all_cores;

static void use_cores(const cpu_set_t *cores)
{
    if (sched_setaffinity(0, sizeof *cores, cores) != 0) {
        perror("cannot choose the cores");
        exit(1);
    }
}

static void keep_to_one_core(void)
{
    cpu_set_t one;
    size_t core = 0;

    sched_getaffinity(0, sizeof all_cores, &all_cores);
    while (core < CPU_SETSIZE && !CPU_ISSET(core, &all_cores))
        core++;
    CPU_ZERO(&one);
    CPU_SET(core, &one);
    use_cores(&one);
}

static void use_all_cores(void)
{
    use_cores(&all_cores);
}
#else
static void keep_to_one_core(void) {}
static void use_all_cores(void) {}
#endif

static void report(const char *how, int (*do_it)(void))
{
    struct timespec start = clock_now();

    if (do_it() == 0)
        printf("%s: %.2f s\n", how, clock_seconds_since(start));
}

int main(void)
{
    report("one thread", twice);
    keep_to_one_core();
    report("two threads, one core", in_two_threads);
    use_all_cores();
    report("two threads, all cores", in_two_threads);
    return 0;
}
