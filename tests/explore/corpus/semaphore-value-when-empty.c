/*
 * A thread posts, takes, asks for its value, which is 0, and posts again. The other may
 * have the first unit, then the thread waits for ever; or the second.
 *
 * can: exit 0 | late
 * can: deadlock | early
 * native: no, it may wait for ever
 */
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>

static sem_t semaphore;
static int taken; /* in the order of the semaphore */

static void *giver(void *arg)
{
    int value;

    sem_post(&semaphore);
    sem_wait(&semaphore);
    taken = 1;
    sem_getvalue(&semaphore, &value);
    sem_post(&semaphore);
    return arg;
}

int main(void)
{
    pthread_t thread;

    sem_init(&semaphore, 0, 0);
    pthread_create(&thread, NULL, giver, NULL);
    sem_wait(&semaphore);
    fputs(taken ? "late" : "early", stdout);
    fflush(stdout);
    pthread_join(thread, NULL);
    return 0;
}
