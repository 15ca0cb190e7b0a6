/*
 * The value of a semaphore is asked for after a post: 1 if the other thread has not
 * yet waited, 0 if it has. That the value was 1, is no reason to think that the wait
 * could not have come before.
 *
 * can: exit 0 | 1\n
 * can: exit 0 | 0\n
 */
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>

static sem_t units;

static void *wait(void *arg)
{
    sem_wait(&units);
    return arg;
}

int main(void)
{
    pthread_t waiter;
    int value;

    sem_init(&units, 0, 0);
    pthread_create(&waiter, NULL, wait, NULL);
    sem_post(&units);
    sem_getvalue(&units, &value);
    pthread_join(waiter, NULL);
    printf("%d\n", value);
    return 0;
}
