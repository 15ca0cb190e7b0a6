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

static void *wait_for_light(void *arg)
{
    pthread_mutex_lock(&lock);
    while (!light)
        pthread_cond_wait(&switched, &lock);
    pthread_mutex_unlock(&lock);
    return arg;
}

static void switch_on(void)
{
    pthread_mutex_lock(&lock);
    light = true;
    pthread_cond_signal(&switched);
    pthread_mutex_unlock(&lock);
}

int main(void)
{
    pthread_t a, b;

    pthread_create(&a, NULL, wait_for_light, NULL);
    pthread_create(&b, NULL, wait_for_light, NULL);
    switch_on();
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    puts("all are up");
    return 0;
}
