/*
 * Nothing says that the thread whose variable main reads is there still: its end is as
 * if it wrote there, and a race.
 *
 * can: misuse |
 * can: exit 0 | 7\n
 * races: memory
 * native: no, what it reads is anything
 */
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>

static _Thread_local int own = 7;
static int *where;
static sem_t lent;

static void *lend(void *argument)
{
    where = &own;
    sem_post(&lent);
    return argument;
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
