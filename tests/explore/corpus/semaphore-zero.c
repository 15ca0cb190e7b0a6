/*
 * A semaphore with nothing in it makes its waiter come second.
 *
 * can: exit 0 | first\nsecond\n
 */
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>

static sem_t done;

static void *second(void *argument)
{
    sem_wait(&done);
    puts("second");
    return argument;
}

static void *first(void *argument)
{
    puts("first");
    sem_post(&done);
    return argument;
}

int main(void)
{
    pthread_t a, b;

    sem_init(&done, 0, 0);
    pthread_create(&a, NULL, second, NULL);
    pthread_create(&b, NULL, first, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    return 0;
}
