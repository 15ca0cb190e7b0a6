/* Written by heddle tangle from chapters/95-exercises.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#define _POSIX_C_SOURCE 200809L

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>

static atomic_int highest;

static void run_both(void *(*one)(void *), void *(*other)(void *))
{
    pthread_t first, second;

    pthread_create(&first, NULL, one, NULL);
    pthread_create(&second, NULL, other, NULL);
    pthread_join(first, NULL);
    pthread_join(second, NULL);
}

static void raise_to(int value)
{
    int seen = highest;

    while (seen < value && !atomic_compare_exchange_strong(&highest, &seen, value))
        ; /* it has put into `seen` what is there now */
}

static void *one(void *arg)
{
    raise_to(1);
    return arg;
}

static void *two(void *arg)
{
    raise_to(2);
    return arg;
}

int main(void)
{
    run_both(one, two);
    printf("%d\n", highest);
    return 0;
}
