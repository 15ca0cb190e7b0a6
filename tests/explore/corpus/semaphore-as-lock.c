/*
 * One unit is a lock, whoever posts it.
 *
 * can: exit 0 | 2\n
 */
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>

static sem_t one;
static int counter;

static void *add(void *argument)
{
    sem_wait(&one);
    counter++;
    sem_post(&one);
    return argument;
}

int main(void)
{
    pthread_t a, b;

    sem_init(&one, 0, 1);
    pthread_create(&a, NULL, add, NULL);
    pthread_create(&b, NULL, add, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    printf("%d\n", counter);
    return 0;
}
