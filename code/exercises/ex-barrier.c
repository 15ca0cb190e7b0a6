/* Written by heddle tangle from chapters/95-exercises.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#define _POSIX_C_SOURCE 200809L

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>

static pthread_barrier_t all_have_written;
static int number[2];

static void run_both(void *(*one)(void *), void *(*other)(void *))
{
    pthread_t first, second;

    pthread_create(&first, NULL, one, NULL);
    pthread_create(&second, NULL, other, NULL);
    pthread_join(first, NULL);
    pthread_join(second, NULL);
}

static void work(int own)
{
    number[own] = own + 1;
    pthread_barrier_wait(&all_have_written);
    printf("%d\n", number[0] + number[1]);
}

static void *one(void *arg)
{
    work(0);
    return arg;
}

static void *other(void *arg)
{
    work(1);
    return arg;
}

int main(void)
{
    pthread_barrier_init(&all_have_written, NULL, 2);
    run_both(one, other);
    return 0;
}
