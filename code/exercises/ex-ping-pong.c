/* Written by heddle tangle from chapters/95-exercises.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#define _POSIX_C_SOURCE 200809L

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>

#include <semaphore.h>

static sem_t may_ping, may_pong;

static void run_both(void *(*one)(void *), void *(*other)(void *))
{
    pthread_t first, second;

    pthread_create(&first, NULL, one, NULL);
    pthread_create(&second, NULL, other, NULL);
    pthread_join(first, NULL);
    pthread_join(second, NULL);
}

static void *ping(void *arg)
{
    for (int i = 0; i < 2; i++) {
        sem_wait(&may_ping);
        puts("ping");
        sem_post(&may_pong);
    }
    return arg;
}

static void *pong(void *arg)
{
    for (int i = 0; i < 2; i++) {
        sem_wait(&may_pong);
        puts("pong");
        sem_post(&may_ping);
    }
    return arg;
}

int main(void)
{
    sem_init(&may_ping, 0, 1);
    sem_init(&may_pong, 0, 0);
    run_both(ping, pong);
    return 0;
}
