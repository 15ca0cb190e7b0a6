/* Written by heddle tangle from chapters/40-lock.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#define _POSIX_C_SOURCE 200809L /* barriers */

#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <time.h>

struct account {
    pthread_mutex_t lock;
    int balance; /* only under the lock */
};

struct transfer {
    struct account *from, *to;
    int amount;
};

static pthread_barrier_t both_hold_one;
static sem_t done;

static void *transfer(void *arg)
{
    const struct transfer *t = arg;

    pthread_mutex_lock(&t->from->lock);
    pthread_barrier_wait(&both_hold_one);
    pthread_mutex_lock(&t->to->lock);       /* for ever */
    t->from->balance -= t->amount;
    t->to->balance += t->amount;
    pthread_mutex_unlock(&t->to->lock);
    pthread_mutex_unlock(&t->from->lock);
    sem_post(&done);
    return NULL;
}

static int start_two_transfers(void)
{
    static struct account a = {PTHREAD_MUTEX_INITIALIZER, 1000};
    static struct account b = {PTHREAD_MUTEX_INITIALIZER, 1000};
    static struct transfer there = {&a, &b, 100}, back = {&b, &a, 100};
    pthread_t threads[2];

    return pthread_create(&threads[0], NULL, transfer, &there) != 0 ||
           pthread_create(&threads[1], NULL, transfer, &back) != 0;
}

int main(void)
{
    struct timespec limit = {0, 0};

    pthread_barrier_init(&both_hold_one, NULL, 3);
    sem_init(&done, 0, 0);
    if (start_two_transfers() != 0)
        return 1;
    pthread_barrier_wait(&both_hold_one);
    limit.tv_sec = time(NULL) + 1;
    if (sem_timedwait(&done, &limit) != 0 && errno == ETIMEDOUT)
        puts("deadlocked");
    return 0;
}
