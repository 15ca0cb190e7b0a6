/* Written by heddle tangle from chapters/95-exercises.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#define _POSIX_C_SOURCE 200809L

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>

struct account {
    pthread_mutex_t lock;
    int coins; /* under the lock */
};

static struct account a = {PTHREAD_MUTEX_INITIALIZER, 5};
static struct account b = {PTHREAD_MUTEX_INITIALIZER, 5};

static void run_both(void *(*one)(void *), void *(*other)(void *))
{
    pthread_t first, second;

    pthread_create(&first, NULL, one, NULL);
    pthread_create(&second, NULL, other, NULL);
    pthread_join(first, NULL);
    pthread_join(second, NULL);
}

static void transfer(struct account *from, struct account *to)
{
    pthread_mutex_lock(&from->lock);
    pthread_mutex_lock(&to->lock);
    from->coins--;
    to->coins++;
    pthread_mutex_unlock(&to->lock);
    pthread_mutex_unlock(&from->lock);
}

static void *there(void *arg)
{
    transfer(&a, &b);
    return arg;
}

static void *back(void *arg)
{
    transfer(&b, &a);
    return arg;
}

int main(void)
{
    run_both(there, back);
    printf("%d %d\n", a.coins, b.coins);
    return 0;
}
