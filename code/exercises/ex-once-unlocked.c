/* Written by heddle tangle from chapters/95-exercises.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#define _POSIX_C_SOURCE 200809L

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>

pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static bool ready;
static int table, made;

static void run_both(void *(*one)(void *), void *(*other)(void *))
{
    pthread_t first, second;

    pthread_create(&first, NULL, one, NULL);
    pthread_create(&second, NULL, other, NULL);
    pthread_join(first, NULL);
    pthread_join(second, NULL);
}

static void make_table(void)
{
    table = 42;
    made++;
    ready = true;
}

static void *use(void *arg)
{
    if (!ready)
        make_table();
    if (table != 42)
        puts("used too early");
    return arg;
}

int main(void)
{
    run_both(use, use);
    printf("made %d\n", made);
    return 0;
}
