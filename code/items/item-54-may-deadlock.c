/* Written by heddle tangle from chapters/40-lock.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#include <pthread.h>
#include <stdio.h>

struct account {
    pthread_mutex_t lock;
    int balance; /* only under the lock */
};

struct transfer {
    struct account *from, *to;
    int amount;
};

static struct account a = {PTHREAD_MUTEX_INITIALIZER, 1000};
static struct account b = {PTHREAD_MUTEX_INITIALIZER, 1000};

static void *transfer(void *arg)
{
    const struct transfer *t = arg;

    pthread_mutex_lock(&t->from->lock);
    pthread_mutex_lock(&t->to->lock);
    t->from->balance -= t->amount;
    t->to->balance += t->amount;
    pthread_mutex_unlock(&t->to->lock);
    pthread_mutex_unlock(&t->from->lock);
    return NULL;
}

int main(void)
{
    struct transfer there = {&a, &b, 100}, back = {&b, &a, 100};
    pthread_t one, two;

    if (pthread_create(&one, NULL, transfer, &there) != 0 ||
        pthread_create(&two, NULL, transfer, &back) != 0)
        return 1;
    pthread_join(one, NULL);
    pthread_join(two, NULL);
    printf("both done, and %d in all\n", a.balance + b.balance);
    return 0;
}
