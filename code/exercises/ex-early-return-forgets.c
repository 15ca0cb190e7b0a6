/* Written by heddle tangle from chapters/95-exercises.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#define _POSIX_C_SOURCE 200809L

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int purse = 4; /* under the lock */

static void run_both(void *(*one)(void *), void *(*other)(void *))
{
    pthread_t first, second;

    pthread_create(&first, NULL, one, NULL);
    pthread_create(&second, NULL, other, NULL);
    pthread_join(first, NULL);
    pthread_join(second, NULL);
}

static bool take(int coins)
{
    pthread_mutex_lock(&lock);
    if (purse < coins)
        return false;
    purse -= coins;
    pthread_mutex_unlock(&lock);
    return true;
}

static void *shop(void *arg)
{
    take(3);
    return arg;
}

int main(void)
{
    run_both(shop, shop);
    take(1);
    printf("%d\n", purse);
    return 0;
}
