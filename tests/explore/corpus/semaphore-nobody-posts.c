/*
 * Two wait for one unit, and nobody gives it back.
 *
 * can: deadlock |
 * native: no, it waits for ever
 */
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>

static sem_t one;

static void *take(void *argument)
{
    sem_wait(&one);
    return argument;
}

int main(void)
{
    pthread_t a, b;

    sem_init(&one, 0, 1);
    pthread_create(&a, NULL, take, NULL);
    pthread_create(&b, NULL, take, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    puts("done");
    return 0;
}
