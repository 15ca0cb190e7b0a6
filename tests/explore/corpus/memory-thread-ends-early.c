/*
 * A thread that calls pthread_exit leaves no function by its end, but its variables
 * are gone with it: main may come before or behind.
 *
 * can: misuse |
 * says: reads a variable of a thread that has ended
 * races: memory
 * native: no, what it reads is anything
 */
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>

static int *where;
static sem_t lent;

static void *lend(void *argument)
{
    int own = 7;

    where = &own;
    sem_post(&lent);
    pthread_exit(argument);
}

int main(void)
{
    pthread_t thread;
    int value;

    sem_init(&lent, 0, 0);
    pthread_create(&thread, NULL, lend, NULL);
    sem_wait(&lent);
    value = *where;
    pthread_join(thread, NULL);
    printf("%d\n", value);
    return 0;
}
