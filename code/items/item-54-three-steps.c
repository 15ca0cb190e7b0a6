/* Written by heddle tangle from chapters/40-lock.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>

static const char *const names[] = {"Alice", "Bob"};
static sem_t turn[2];
static int count;

static void *add_one(void *arg)
{
    int me = *(const int *)arg, other = 1 - me;
    int value, result;

    sem_wait(&turn[me]);
    value = count;                          /* one */
    printf("%s reads %d\n", names[me], value);
    sem_post(&turn[other]);

    sem_wait(&turn[me]);
    result = value + 1;                     /* two */
    count = result;                         /* three */
    printf("%s writes %d\n", names[me], result);
    sem_post(&turn[other]);
    return NULL;
}

int main(void)
{
    int alice = 0, bob = 1;
    pthread_t threads[2];

    sem_init(&turn[alice], 0, 1);
    sem_init(&turn[bob], 0, 0);
    if (pthread_create(&threads[0], NULL, add_one, &alice) != 0 ||
        pthread_create(&threads[1], NULL, add_one, &bob) != 0)
        return 1;
    pthread_join(threads[0], NULL);
    pthread_join(threads[1], NULL);
    printf("two have counted, and the count is %d\n", count);
    return 0;
}
