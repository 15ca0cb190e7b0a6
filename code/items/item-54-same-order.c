/* Written by heddle tangle from chapters/40-lock.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#include <pthread.h>
#include <stdio.h>

#include "lib/lock.h"

enum { HOW_MANY = 100000 };

struct account {
    struct lock lock;
    int balance; /* only under the lock */
};

struct transfer {
    struct account *from, *to;
    int amount;
};

static void *transfer(void *arg)
{
    const struct transfer *t = arg;

    for (int i = 0; i < HOW_MANY; i++) {
        lock_acquire_both(&t->from->lock, &t->to->lock);
        t->from->balance -= t->amount;
        t->to->balance += t->amount;
        lock_release_both(&t->from->lock, &t->to->lock);
    }
    return NULL;
}

int main(void)
{
    static struct account a = {LOCK_INIT("account A", 1), 1000};
    static struct account b = {LOCK_INIT("account B", 1), 1000};
    struct transfer there = {&a, &b, 100}, back = {&b, &a, 100};
    pthread_t one, two;

    if (pthread_create(&one, NULL, transfer, &there) != 0 ||
        pthread_create(&two, NULL, transfer, &back) != 0)
        return 1;
    pthread_join(one, NULL);
    pthread_join(two, NULL);
    printf("both done, and %d in all\n", a.balance + b.balance);
    lock_destroy(&a.lock);
    lock_destroy(&b.lock);
    return 0;
}
