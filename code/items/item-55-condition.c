/* Written by heddle tangle from chapters/50-queue.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#include <pthread.h>
#include <stdio.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t some = PTHREAD_COND_INITIALIZER;
static int pictures; /* only under the lock */

static void *take(void *arg)
{
    pthread_mutex_lock(&lock);
    while (pictures == 0)
        pthread_cond_wait(&some, &lock);
    pictures -= 1;
    pthread_mutex_unlock(&lock);
    return arg;
}

int main(void)
{
    pthread_t takers[2];

    for (int i = 0; i < 2; i++)
        if (pthread_create(&takers[i], NULL, take, NULL) != 0)
            return 1;
    for (int i = 0; i < 2; i++) {
        pthread_mutex_lock(&lock);
        pictures += 1;
        pthread_cond_signal(&some);     /* wakes one, if one sleeps */
        pthread_mutex_unlock(&lock);
    }
    for (int i = 0; i < 2; i++)
        pthread_join(takers[i], NULL);
    printf("2 came, 2 were taken, %d are left\n", pictures);
    return 0;
}
