/* Written by heddle tangle from chapters/95-exercises.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#define _POSIX_C_SOURCE 200809L

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static atomic_int left = 5, right = 5; /* together 10, whenever the lock is free */

static void run_both(void *(*one)(void *), void *(*other)(void *))
{
    pthread_t first, second;

    pthread_create(&first, NULL, one, NULL);
    pthread_create(&second, NULL, other, NULL);
    pthread_join(first, NULL);
    pthread_join(second, NULL);
}

static void *move(void *arg)
{
    pthread_mutex_lock(&lock);
    left--;
    right++;
    pthread_mutex_unlock(&lock);
    return arg;
}

static void *count(void *arg)
{
    int all;

    pthread_mutex_lock(&lock);
    all = left + right;
    pthread_mutex_unlock(&lock);
    printf("%d\n", all);
    return arg;
}

int main(void)
{
    run_both(move, count);
    return 0;
}
