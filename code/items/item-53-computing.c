/* Written by heddle tangle from chapters/30-threads.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#define _POSIX_C_SOURCE 200809L /* barriers, clock_gettime */
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <time.h>

#include "lib/clock.h"
#include "lib/thread.h"

static atomic_int inside, most_inside;

static void enter(void)
{
    int now = atomic_fetch_add(&inside, 1) + 1;
    int most = atomic_load(&most_inside);

    while (now > most &&
           !atomic_compare_exchange_weak(&most_inside, &most, now))
        continue;
}

static void leave(void)
{
    atomic_fetch_sub(&inside, 1);
}

static unsigned count_divisors(unsigned n)
{
    unsigned count = 0;

    for (unsigned i = 1; i <= n; i++) /* the slow way, on purpose */
        count += n % i == 0;
    return count;
}

enum { JOBS = 4 };

struct job {
    unsigned number;
    unsigned divisors; /* written by the one thread that has the job */
};

static pthread_mutex_t gil = PTHREAD_MUTEX_INITIALIZER;
static pthread_barrier_t all_are_inside;
static bool big_lock, meet_inside; /* set while there are no threads */

static void *do_job(void *arg, struct thread_error *error)
{
    struct job *job = arg;

    (void)error;
    if (big_lock)
        pthread_mutex_lock(&gil);
    enter();
    if (meet_inside) /* with the lock, this would wait for ever */
        pthread_barrier_wait(&all_are_inside);
    for (int i = 0; i < 10; i++)
        job->divisors = count_divisors(job->number);
    leave();
    if (big_lock)
        pthread_mutex_unlock(&gil);
    return NULL;
}

static int in_one_thread(struct job jobs[])
{
    struct thread_error error;

    for (int i = 0; i < JOBS; i++)
        do_job(&jobs[i], &error);
    return 0;
}

static int in_threads(struct job jobs[])
{
    struct thread threads[JOBS];
    int err = 0;

    for (int i = 0; i < JOBS; i++)
        err |= thread_start(&threads[i], "compute", do_job, &jobs[i]);
    for (int i = 0; i < JOBS; i++)
        err |= thread_join(&threads[i], NULL, NULL);
    return err;
}

static double seconds_of_computing(void)
{
    struct timespec t;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static int report(const char *how, int (*compute)(struct job jobs[]),
                  struct job jobs[])
{
    struct timespec start = clock_now();
    double computed = seconds_of_computing();
    int err;

    atomic_store(&most_inside, 0);
    err = compute(jobs);
    computed = seconds_of_computing() - computed;
    printf("%s: %d inside at once, %.1f cores busy\n", how,
           atomic_load(&most_inside), computed / clock_seconds_since(start));
    return err;
}

static int compare(struct job jobs[])
{
    int err = report("one thread", in_one_thread, jobs);

    for (int i = 0; i < JOBS; i++)
        jobs[i].divisors = 0;
    pthread_barrier_init(&all_are_inside, NULL, JOBS);
    meet_inside = true;
    err |= report("four threads", in_threads, jobs);
    pthread_barrier_destroy(&all_are_inside);
    return err;
}

int main(int argc, char *argv[])
{
    struct job jobs[JOBS] = {{.number = 2139079},
                             {.number = 1214759},
                             {.number = 1516637},
                             {.number = 1852285}};

    (void)argv;
    big_lock = argc > 1;
    if (big_lock)
        return report("one big lock", in_threads, jobs) != 0;
    if (compare(jobs) != 0)
        return 1;
    printf("divisors:");
    for (int i = 0; i < JOBS; i++)
        printf(" %u", jobs[i].divisors);
    putchar('\n');
    return 0;
}
