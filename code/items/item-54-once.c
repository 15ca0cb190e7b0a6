/* Written by heddle tangle from chapters/40-lock.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#include <pthread.h>
#include <stdio.h>

static pthread_once_t made = PTHREAD_ONCE_INIT;
static int entry, times, sum;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void make_table(void)
{
    entry = 7;
    times++;
}

static void *use(void *arg)
{
    pthread_once(&made, make_table); /* whoever is first makes it */
    pthread_mutex_lock(&lock);
    sum += entry;
    pthread_mutex_unlock(&lock);
    return arg;
}

int main(void)
{
    pthread_t one, two;

    if (pthread_create(&one, NULL, use, NULL) != 0 ||
        pthread_create(&two, NULL, use, NULL) != 0)
        return 1;
    pthread_join(one, NULL);
    pthread_join(two, NULL);
    printf("found %d, made %d\n", sum / 2, times);
    return 0;
}
