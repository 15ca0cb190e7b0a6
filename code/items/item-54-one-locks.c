/* Written by heddle tangle from chapters/40-lock.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#include <errno.h>
#include <pthread.h>
#include <stdio.h>

struct account {
    pthread_mutex_t lock;
    int balance; /* only under the lock */
};

static struct account account = {PTHREAD_MUTEX_INITIALIZER, 100};

/* The caller holds a->lock. */
static int take_out(struct account *a,
                    int amount)
{
    if (amount > a->balance)
        return ERANGE;
    a->balance -= amount;
    return 0;
}

static int withdraw(struct account *a,
                    int amount)
{
    int err;

    pthread_mutex_lock(&a->lock);
    err = take_out(a, amount);
    pthread_mutex_unlock(&a->lock);
    return err;
}

int main(void)
{
    if (withdraw(&account, 500) == ERANGE)
        puts("not enough money");
    if (pthread_mutex_trylock(&account.lock) == 0)
        puts("free for the next one");
    pthread_mutex_unlock(&account.lock);
    return 0;
}
