/* Written by heddle tangle from chapters/95-exercises.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#define _POSIX_C_SOURCE 200809L

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t switched = PTHREAD_COND_INITIALIZER;
static bool light; /* under the lock */

static void run_both(void *(*one)(void *), void *(*other)(void *))
{
    pthread_t first, second;

    pthread_create(&first, NULL, one, NULL);
    pthread_create(&second, NULL, other, NULL);
    pthread_join(first, NULL);
    pthread_join(second, NULL);
}

static void *wait_for_light(void *arg)
{
    pthread_mutex_lock(&lock);
    while (!light)
        pthread_cond_wait(&switched, &lock);
    puts(light ? "bright" : "dark");
    pthread_mutex_unlock(&lock);
    return arg;
}

static void *switch_on(void *arg)
{
    pthread_mutex_lock(&lock);
    light = true;
    pthread_cond_signal(&switched);
    pthread_mutex_unlock(&lock);
    return arg;
}

int main(void)
{
    run_both(wait_for_light, switch_on);
    return 0;
}
