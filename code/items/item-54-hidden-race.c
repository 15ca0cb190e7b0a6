/* Written by heddle tangle from chapters/40-lock.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#include <pthread.h>
#include <stdio.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int last;

static void *first(void *arg)
{
    last = 1;
    pthread_mutex_lock(&lock);
    pthread_mutex_unlock(&lock);
    return arg;
}

static void *second(void *arg)
{
    pthread_mutex_lock(&lock);
    pthread_mutex_unlock(&lock);
    last = 2;
    return arg;
}

static int run_both(void)
{
    pthread_t one, two;

    if (pthread_create(&one, NULL, first, NULL) != 0 ||
        pthread_create(&two, NULL, second, NULL) != 0)
        return -1;
    pthread_join(one, NULL);
    pthread_join(two, NULL);
    return last;
}

int main(void)
{
    printf("the last is %d\n", run_both());
    return 0;
}
