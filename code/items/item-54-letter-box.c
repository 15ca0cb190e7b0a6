/* Written by heddle tangle from chapters/40-lock.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

static atomic_int letter, flag, home;
static int seen, flag_up, found;

static void set(atomic_int *what)
{
    atomic_store_explicit(what, 1, memory_order_relaxed);
}

static int look(atomic_int *what)
{
    return atomic_load_explicit(what, memory_order_relaxed);
}

static void *bring(void *arg)
{
    set(&letter);
    set(&flag);
    seen = look(&home);
    return arg;
}

static void *come(void *arg)
{
    set(&home);
    flag_up = look(&flag);
    found = look(&letter);
    return arg;
}

int main(void)
{
    pthread_t one, two;

    if (pthread_create(&one, NULL, bring, NULL) != 0 ||
        pthread_create(&two, NULL, come, NULL) != 0)
        return 1;
    pthread_join(one, NULL);
    pthread_join(two, NULL);
    printf("%s, %s\n", seen ? "met" : "missed",
           !flag_up ? "no flag" : found ? "letter" : "empty box");
    return 0;
}
