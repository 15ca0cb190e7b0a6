/* Written by heddle tangle from chapters/40-lock.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
/* Five threads that run the same function, and the wait for all of them. */
#include <pthread.h>

enum { WORKERS = 5, HOW_MANY = 100000 };

static int run_workers(void *(*work)(void *), void *arg)
{
    pthread_t workers[WORKERS];
    int started = 0, err = 0;

    while (started < WORKERS && err == 0) {
        err = pthread_create(&workers[started], NULL, work, arg);
        started += err == 0;
    }
    for (int i = 0; i < started; i++)
        pthread_join(workers[i], NULL);
    return err;
}
