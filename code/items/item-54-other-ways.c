/* Written by heddle tangle from chapters/40-lock.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#include <errno.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>

struct account {
    pthread_mutex_t lock;
    int balance; /* only under the lock */
};

static struct account account = {PTHREAD_MUTEX_INITIALIZER, 100};

static int by_goto(struct account *a, int amount)
{
    int err = 0;

    pthread_mutex_lock(&a->lock);
    if (amount > a->balance) {
        err = ERANGE;
        goto unlock;
    }
    a->balance -= amount;
unlock:
    pthread_mutex_unlock(&a->lock);
    return err;
}

static void unlock(pthread_mutex_t **lock)
{
    pthread_mutex_unlock(*lock);
}

static int by_cleanup(struct account *a, int amount)
{
    __attribute__((cleanup(unlock))) pthread_mutex_t *lock = &a->lock;

    pthread_mutex_lock(lock);
    if (amount > a->balance)
        return ERANGE;
    a->balance -= amount;
    return 0;
}

#define WITH_LOCK(lock)                                          \
    for (bool inside = (pthread_mutex_lock(lock), true); inside; \
         inside = (pthread_mutex_unlock(lock), false))

static int by_macro(struct account *a, int amount)
{
    WITH_LOCK(&a->lock) {
        if (amount > a->balance)
            return ERANGE;
        a->balance -= amount;
    }
    return 0;
}

static void try_after(const char *what, int (*withdraw)(struct account *, int))
{
    int err = withdraw(&account, 500);
    bool is_free = pthread_mutex_trylock(&account.lock) == 0;

    printf("%s: %s, %s\n", what, err == ERANGE ? "refused" : "paid",
           is_free ? "free" : "locked");
    pthread_mutex_unlock(&account.lock); /* ours now, in either case */
}

int main(void)
{
    try_after("goto", by_goto);
    try_after("cleanup", by_cleanup);
    try_after("macro", by_macro);
    return 0;
}
