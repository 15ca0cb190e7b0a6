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

static int withdraw(struct account *a, int amount)
{
    pthread_mutex_lock(&a->lock);
    if (amount > a->balance)
        return ERANGE;              /* and the lock? */
    a->balance -= amount;
    pthread_mutex_unlock(&a->lock);
    return 0;
}

int main(void)
{
    if (withdraw(&account, 500) == ERANGE)
        puts("not enough money");
    if (pthread_mutex_trylock(&account.lock) == EBUSY)
        puts("locked, with nobody inside");
    return 0;
}
