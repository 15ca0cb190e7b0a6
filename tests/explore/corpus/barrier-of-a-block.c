/*
 * Whoever comes out of the barrier first may destroy it, and leave the block that it is
 * in; and a semaphore is its waiter's as soon as it was posted to.
 *
 * can: exit 0 | done\n
 */
#define _POSIX_C_SOURCE 200809L
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>

static void *meet(void *argument)
{
    pthread_barrier_wait(argument);
    return NULL;
}

static void *post(void *argument)
{
    sem_post(argument);
    return NULL;
}

int main(void)
{
    pthread_t first, second;

    {
        pthread_barrier_t barrier;

        pthread_barrier_init(&barrier, NULL, 2);
        pthread_create(&first, NULL, meet, &barrier);
        pthread_barrier_wait(&barrier);
        pthread_barrier_destroy(&barrier);
    }
    {
        sem_t semaphore;

        sem_init(&semaphore, 0, 0);
        pthread_create(&second, NULL, post, &semaphore);
        sem_wait(&semaphore);
        sem_destroy(&semaphore);
    }
    pthread_join(first, NULL);
    pthread_join(second, NULL);
    puts("done");
    return 0;
}
