/*
 * Two units let two in at once: no lock at all.
 *
 * can: exit 0 | 2\n
 * can: exit 0 | 1\n
 * races: counter
 */
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>

static sem_t two;
static int counter;

static void *add(void *argument)
{
    sem_wait(&two);
    counter++;
    sem_post(&two);
    return argument;
}

int main(void)
{
    pthread_t a, b;

    sem_init(&two, 0, 2);
    pthread_create(&a, NULL, add, NULL);
    pthread_create(&b, NULL, add, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    printf("%d\n", counter);
    return 0;
}
