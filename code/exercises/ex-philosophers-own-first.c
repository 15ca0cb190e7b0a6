/* Written by heddle tangle from chapters/95-exercises.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#define _POSIX_C_SOURCE 200809L

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>

static pthread_mutex_t forks[3] = {
    PTHREAD_MUTEX_INITIALIZER,
    PTHREAD_MUTEX_INITIALIZER,
    PTHREAD_MUTEX_INITIALIZER,
};

static void dine(int own, int next)
{
    pthread_mutex_lock(&forks[own]);
    pthread_mutex_lock(&forks[next]);
    pthread_mutex_unlock(&forks[own]);
    pthread_mutex_unlock(&forks[next]);
}

static void *philosopher(void *arg)
{
    int own = (int)((pthread_mutex_t *)arg - forks);

    dine(own, (own + 1) % 3);
    return NULL;
}

int main(void)
{
    pthread_t threads[3];

    for (int i = 0; i < 3; i++)
        pthread_create(&threads[i], NULL, philosopher, &forks[i]);
    for (int i = 0; i < 3; i++)
        pthread_join(threads[i], NULL);
    puts("all have dined");
    return 0;
}
