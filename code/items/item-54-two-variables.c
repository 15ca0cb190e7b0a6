/* Written by heddle tangle from chapters/40-lock.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

static atomic_int one = 200, two = 200;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int from = 200, to = 200; /* only under the lock */

static void *watch_atomics(void *arg)
{
    int a = atomic_load(&one), b = atomic_load(&two);

    printf("atomics: %d and %d, together %d\n", a, b, a + b);
    return arg;
}

static void *watch_locked(void *arg)
{
    pthread_mutex_lock(&lock);
    printf("lock: %d and %d, together %d\n", from, to, from + to);
    pthread_mutex_unlock(&lock);
    return arg;
}

static pthread_t watcher;

static void start_to_look(void *(*watch)(void *))
{
    if (pthread_create(&watcher, NULL, watch, NULL) != 0) {
        fputs("no thread to look\n", stderr);
        exit(1);
    }
}

static void look(void *(*watch)(void *))
{
    start_to_look(watch);
    pthread_join(watcher, NULL);
}

int main(void)
{
    atomic_fetch_sub(&one, 100);
    look(watch_atomics);            /* of all moments, now */
    atomic_fetch_add(&two, 100);

    pthread_mutex_lock(&lock);
    from -= 100;
    start_to_look(watch_locked);    /* now, too; but it has to wait */
    to += 100;
    pthread_mutex_unlock(&lock);
    pthread_join(watcher, NULL);
    return 0;
}
