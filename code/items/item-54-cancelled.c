/* Written by heddle tangle from chapters/40-lock.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#define _POSIX_C_SOURCE 200809L /* pause */

#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <unistd.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static sem_t inside;

static void *hold(void *arg)
{
    pthread_mutex_lock(&lock);
    sem_post(&inside);
    pause();                        /* a cancellation point */
    pthread_mutex_unlock(&lock);
    return arg;
}

int main(void)
{
    pthread_t thread;
    void *result = NULL;

    sem_init(&inside, 0, 0);
    if (pthread_create(&thread, NULL, hold, NULL) != 0)
        return 1;
    sem_wait(&inside);
    pthread_cancel(thread);
    pthread_join(thread, &result);
    printf("%s; the lock is %s\n",
           result == PTHREAD_CANCELED ? "cancelled" : "ended",
           pthread_mutex_trylock(&lock) == EBUSY ? "still held" : "free");
    return 0;
}
