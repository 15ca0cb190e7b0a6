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

/* With both locks, which it gives back. Returns t: it is done. */
static void *pay(struct transfer *t)
{
    t->from->balance -= t->amount;
    t->to->balance += t->amount;
    pthread_mutex_unlock(&t->to->lock);
    pthread_mutex_unlock(&t->from->lock);
    return t;
}

static void *transfer(void *arg)
{
    struct transfer *t = arg;

    for (int tries = 0; tries < 3; tries++) {
        pthread_mutex_lock(&t->from->lock);
        if (pthread_mutex_trylock(&t->to->lock) == 0)
            return pay(t);
        pthread_mutex_unlock(&t->from->lock); /* after you */
    }
    return NULL;
}

int main(void)
{
    struct transfer there = {&a, &b, 100}, back = {&b, &a, 100};
    void *ends[2];
    pthread_t one, two;

    if (pthread_create(&one, NULL, transfer, &there) != 0 ||
        pthread_create(&two, NULL, transfer, &back) != 0)
        return 1;
    pthread_join(one, &ends[0]);
    pthread_join(two, &ends[1]);
    printf("%d of 2 done, and %d in all\n",
           (ends[0] != NULL) + (ends[1] != NULL), a.balance + b.balance);
    return 0;
}
