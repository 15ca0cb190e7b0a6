/*
 * One puts a and b into a slot for one, another takes two: in their order, always.
 *
 * can: exit 0 | ab\n
 */
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>

static sem_t full, empty;
static char slot;

static void *put(void *argument)
{
    for (char c = 'a'; c <= 'b'; c++) {
        sem_wait(&empty);
        slot = c;
        sem_post(&full);
    }
    return argument;
}

static void *get(void *argument)
{
    char taken[3] = "";

    for (int i = 0; i < 2; i++) {
        sem_wait(&full);
        taken[i] = slot;
        sem_post(&empty);
    }
    puts(taken);
    return argument;
}

int main(void)
{
    pthread_t a, b;

    sem_init(&full, 0, 0);
    sem_init(&empty, 0, 1);
    pthread_create(&a, NULL, put, NULL);
    pthread_create(&b, NULL, get, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    return 0;
}
