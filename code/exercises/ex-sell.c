/* Written by heddle tangle from chapters/95-exercises.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#define _POSIX_C_SOURCE 200809L

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int left = 1;  /* under the lock */
static atomic_int sold;

static void run_both(void *(*one)(void *), void *(*other)(void *))
{
    pthread_t first, second;

    pthread_create(&first, NULL, one, NULL);
    pthread_create(&second, NULL, other, NULL);
    pthread_join(first, NULL);
    pthread_join(second, NULL);
}

static void *clerk(void *arg)
{
    bool mine = false;

    pthread_mutex_lock(&lock);
    mine = left > 0;
    if (mine)
        left--;
    pthread_mutex_unlock(&lock);
    if (mine)
        sold++;
    return arg;
}

int main(void)
{
    run_both(clerk, clerk);
    printf("sold %d, left %d\n", sold, left);
    return 0;
}
