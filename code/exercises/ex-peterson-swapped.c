/* Written by heddle tangle from chapters/95-exercises.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#define _POSIX_C_SOURCE 200809L

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>

static atomic_bool wants[2];
static atomic_int turn;
static int count; /* under this lock */

static void run_both(void *(*one)(void *), void *(*other)(void *))
{
    pthread_t first, second;

    pthread_create(&first, NULL, one, NULL);
    pthread_create(&second, NULL, other, NULL);
    pthread_join(first, NULL);
    pthread_join(second, NULL);
}

static void enter(int own)
{
    turn = 1 - own;
    wants[own] = true;
    while (wants[1 - own] && turn != own)
        ;
}

static void count_one(int own)
{
    enter(own);
    count++;
    wants[own] = false;
}

static void *one(void *arg)
{
    count_one(0);
    return arg;
}

static void *other(void *arg)
{
    count_one(1);
    return arg;
}

int main(void)
{
    run_both(one, other);
    printf("%d\n", count);
    return 0;
}
