/* Written by heddle tangle from chapters/95-exercises.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#define _POSIX_C_SOURCE 200809L

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>

static atomic_bool taken;
static int count; /* under the lock */

static void run_both(void *(*one)(void *), void *(*other)(void *))
{
    pthread_t first, second;

    pthread_create(&first, NULL, one, NULL);
    pthread_create(&second, NULL, other, NULL);
    pthread_join(first, NULL);
    pthread_join(second, NULL);
}

static void acquire(void)
{
    while (taken)
        ;
    taken = true;
}

static void release(void)
{
    taken = false;
}

static void *work(void *arg)
{
    acquire();
    count++;
    release();
    return arg;
}

int main(void)
{
    run_both(work, work);
    printf("%d\n", count);
    return 0;
}
