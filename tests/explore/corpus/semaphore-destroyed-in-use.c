/*
 * Somebody waits for it, or comes later: it is gone both times.
 *
 * can: misuse |
 * says: uses a semaphore that was destroyed
 * native: no, it is undefined
 */
#include <pthread.h>
#include <semaphore.h>

static sem_t semaphore;

static void *wait_for_it(void *argument)
{
    sem_wait(&semaphore);
    return argument;
}

int main(void)
{
    pthread_t waiter;

    sem_init(&semaphore, 0, 0);
    pthread_create(&waiter, NULL, wait_for_it, NULL);
    sem_destroy(&semaphore);
    pthread_join(waiter, NULL);
    return 0;
}
