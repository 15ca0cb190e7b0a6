/* Written by heddle tangle from chapters/40-lock.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#include <stdio.h>

#include "items/item-54-workers.h"

struct counter {
    pthread_mutex_t lock;
    int count;                      /* only under the lock */
};

static void counter_increment(struct counter *c, int by)
{
    pthread_mutex_lock(&c->lock);
    c->count += by;
    pthread_mutex_unlock(&c->lock);
}

static void *count_up(void *arg)
{
    struct counter *counter = arg;

    for (int i = 0; i < HOW_MANY; i++) {
        /* ... read the sensor, without the lock; then */
        counter_increment(counter, 1);
    }
    return NULL;
}

int main(void)
{
    struct counter counter = {PTHREAD_MUTEX_INITIALIZER, 0};
    int err = run_workers(count_up, &counter);

    printf("counted %d of %d\n", counter.count, WORKERS * HOW_MANY);
    pthread_mutex_destroy(&counter.lock);
    return err != 0;
}
