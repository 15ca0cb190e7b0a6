/* Written by heddle tangle from chapters/40-lock.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#include <pthread.h>
#include <stdio.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static char turns[5]; /* only under the lock, as is count */
static int count;

static void *greedy(void *arg)
{
    for (int i = 0; i < 3; i++) {
        pthread_mutex_lock(&lock);
        turns[count++] = 'g';
        pthread_mutex_unlock(&lock);
    }
    return arg;
}

int main(void)
{
    pthread_t thread;

    if (pthread_create(&thread, NULL, greedy, NULL) != 0)
        return 1;
    pthread_mutex_lock(&lock);
    turns[count++] = 'p';
    pthread_mutex_unlock(&lock);
    pthread_join(thread, NULL);
    puts(turns);
    return 0;
}
