/*
 * A semaphore ends with its function, and posting to it later is a mistake.
 *
 * can: misuse |
 * says: reads a variable of a function that has returned
 * native: no, it writes where nothing is
 */
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>

static sem_t *where;

static void make(void)
{
    sem_t semaphore;

    sem_init(&semaphore, 0, 0);
    where = &semaphore;
}

static void *run(void *argument)
{
    sem_post(where);
    return argument;
}

int main(void)
{
    pthread_t thread;

    make();
    pthread_create(&thread, NULL, run, NULL);
    pthread_join(thread, NULL);
    puts("done");
    return 0;
}
