/* Written by heddle tangle from chapters/50-queue.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#include <pthread.h>
#include <stdio.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t some = PTHREAD_COND_INITIALIZER;
static int items, least;

static void *take(void *arg)
{
    pthread_mutex_lock(&lock);
    if (items == 0)         /* wrong: looks only once */
        pthread_cond_wait(&some, &lock);
    items -= 1;
    if (items < least)
        least = items;
    pthread_mutex_unlock(&lock);
    return arg;
}

static void put(void)
{
    pthread_mutex_lock(&lock);
    items += 1;
    pthread_cond_signal(&some);
    pthread_mutex_unlock(&lock);
}

int main(int argc, char **argv)
{
    int consumers = argc > 1 ? 2 : 1;
    pthread_t threads[2];

    (void)argv;
    for (int i = 0; i < consumers; i++)
        if (pthread_create(&threads[i], NULL, take, NULL) != 0)
            return 1;
    for (int i = 0; i < consumers; i++)
        put();
    for (int i = 0; i < consumers; i++)
        pthread_join(threads[i], NULL);
    printf("never fewer than %d\n", least);
    return 0;
}
