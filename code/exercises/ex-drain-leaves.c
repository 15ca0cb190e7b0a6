/* Written by heddle tangle from chapters/95-exercises.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#define _POSIX_C_SOURCE 200809L

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int items;
static bool closed;

static void run_both(void *(*one)(void *), void *(*other)(void *))
{
    pthread_t first, second;

    pthread_create(&first, NULL, one, NULL);
    pthread_create(&second, NULL, other, NULL);
    pthread_join(first, NULL);
    pthread_join(second, NULL);
}

static void *produce(void *arg)
{
    pthread_mutex_lock(&lock);
    items = 2;
    pthread_cond_signal(&changed);
    pthread_mutex_unlock(&lock);
    pthread_mutex_lock(&lock);
    closed = true;
    pthread_cond_signal(&changed);
    pthread_mutex_unlock(&lock);
    return arg;
}

/* False when there will never be one again. */
static bool take(void)
{
    bool taken;

    pthread_mutex_lock(&lock);
    while (items == 0 && !closed)
        pthread_cond_wait(&changed, &lock);
    taken = !closed;
    if (taken)
        items--;
    pthread_mutex_unlock(&lock);
    return taken;
}

static void *consume(void *arg)
{
    int taken = 0;

    while (take())
        taken++;
    printf("took %d\n", taken);
    return arg;
}

int main(void)
{
    run_both(produce, consume);
    return 0;
}
