/* Written by heddle tangle from chapters/95-exercises.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#define _POSIX_C_SOURCE 200809L

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int slot; /* 0: empty; under the lock */

static void run_both(void *(*one)(void *), void *(*other)(void *))
{
    pthread_t first, second;

    pthread_create(&first, NULL, one, NULL);
    pthread_create(&second, NULL, other, NULL);
    pthread_join(first, NULL);
    pthread_join(second, NULL);
}

static void put(int item)
{
    pthread_mutex_lock(&lock);
    slot = item;
    pthread_cond_signal(&changed);
    pthread_mutex_unlock(&lock);
}

static int get(void)
{
    int item;

    pthread_mutex_lock(&lock);
    while (slot == 0)
        pthread_cond_wait(&changed, &lock);
    item = slot;
    slot = 0;
    pthread_cond_signal(&changed);
    pthread_mutex_unlock(&lock);
    return item;
}

static void *produce(void *arg)
{
    put(1);
    put(2);
    return arg;
}

static void *consume(void *arg)
{
    int first = get();

    printf("%d %d\n", first, get());
    return arg;
}

int main(void)
{
    run_both(produce, consume);
    return 0;
}
