/* Written by heddle tangle from chapters/40-lock.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "items/item-54-workers.h"

enum { ALONE, UNLOCKED, ATOMIC, MUTEX, WAYS };
enum { ROUNDS = 10 };

static _Thread_local int alone;
static atomic_int sum; /* of the alone */
static atomic_int torn, whole;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int guarded; /* only under the lock */

static void add_alone(void) { alone += 1; } /* summed at the end */

static void add_atomic(void) { atomic_fetch_add(&whole, 1); }

static void add_locked(void)
{
    pthread_mutex_lock(&lock);
    guarded += 1;
    pthread_mutex_unlock(&lock);
}

/* Relaxed: two plain moves and an addition, and not undefined. */
static void add_unlocked(void)
{
    int value = atomic_load_explicit(&torn, memory_order_relaxed);

    atomic_store_explicit(&torn, value + 1, memory_order_relaxed);
}

static struct way {
    const char *name;
    void (*add)(void);
    double seconds[ROUNDS];
} ways[WAYS] = {
    [ALONE] = {"alone:", add_alone, {0}},
    [UNLOCKED] = {"unlocked:", add_unlocked, {0}},
    [ATOMIC] = {"atomic:", add_atomic, {0}},
    [MUTEX] = {"mutex:", add_locked, {0}},
};

static void *count_up(void *arg)
{
    const struct way *way = arg;

    for (int i = 0; i < HOW_MANY; i++)
        way->add();
    atomic_fetch_add(&sum, alone);
    return NULL;
}

static int measure(struct way *way, int round)
{
    clock_t from = clock();
    int err = run_workers(count_up, way);

    way->seconds[round] = (double)(clock() - from) / CLOCKS_PER_SEC;
    return err;
}

static int compare_seconds(const void *a, const void *b)
{
    double one = *(const double *)a, two = *(const double *)b;

    return (one > two) - (one < two);
}

static double median(struct way *way)
{
    qsort(way->seconds, ROUNDS, sizeof way->seconds[0], compare_seconds);
    return way->seconds[ROUNDS / 2];
}

static void print_all(void)
{
    const int totals[WAYS] = {sum, torn, whole, guarded};
    double unit = median(&ways[ALONE]);

    for (int i = 0; i < WAYS; i++)
        printf("%-9s %d, cost %.1f\n", ways[i].name, totals[i],
               median(&ways[i]) / unit);
}

int main(void)
{
    int err = 0;

    for (int round = 0; round < ROUNDS; round++)
        for (int i = 0; i < WAYS && err == 0; i++)
            err = measure(&ways[i], round);
    if (err == 0)
        print_all();
    return err != 0;
}
