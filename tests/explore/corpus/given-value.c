/*
 * A semaphore's value is stored where another thread reads it.
 *
 * can: exit 0 | 0\n
 * can: exit 0 | 3\n
 * races: value
 * toy: no, it does not see what a call writes
 */
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>

static sem_t semaphore;
static int value;

static void *ask(void *argument)
{
    sem_getvalue(&semaphore, &value);
    return argument;
}

int main(void)
{
    pthread_t thread;

    sem_init(&semaphore, 0, 3);
    pthread_create(&thread, NULL, ask, NULL);
    printf("%d\n", value);
    pthread_join(thread, NULL);
    return 0;
}
