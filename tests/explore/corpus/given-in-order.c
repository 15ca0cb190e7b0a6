/*
 * What calls write under one lock is no race, and nothing is lost.
 *
 * can: exit 0 | 3 3\n
 * toy: no, it has no semaphores' values
 */
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static sem_t semaphore;
static int value;

static void *ask(void *argument)
{
    pthread_mutex_lock(&mutex);
    sem_getvalue(&semaphore, &value);
    pthread_mutex_unlock(&mutex);
    return argument;
}

int main(void)
{
    pthread_t thread;
    int mine;

    sem_init(&semaphore, 0, 3);
    pthread_create(&thread, NULL, ask, NULL);
    ask(NULL);
    pthread_mutex_lock(&mutex);
    mine = value;
    pthread_mutex_unlock(&mutex);
    pthread_join(thread, NULL);
    printf("%d %d\n", mine, value);
    return 0;
}
