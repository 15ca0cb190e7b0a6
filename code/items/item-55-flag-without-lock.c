/* Written by heddle tangle from chapters/90-every-outcome.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t told = PTHREAD_COND_INITIALIZER;
static atomic_bool ready;

static void *wait_for_it(void *arg)
{
    pthread_mutex_lock(&lock);
    while (!ready)
        pthread_cond_wait(&told, &lock);
    pthread_mutex_unlock(&lock);
    puts("go");
    return arg;
}

int main(void)
{
    pthread_t thread;

    if (pthread_create(&thread, NULL, wait_for_it, NULL) != 0)
        return 1;
    ready = true;           /* wrong: without the lock */
    pthread_cond_signal(&told);
    pthread_join(thread, NULL);
    return 0;
}
