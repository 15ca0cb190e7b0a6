/*
 * A semaphore is found by a name that another thread changes.
 *
 * can: exit 0 | there\n
 * can: exit 0 | none\n
 * races: name
 * native: no, names are everybody's
 * toy: no, it does not see what a call reads
 */
#include <fcntl.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>

static char name[] = "/ab";

static void *change(void *argument)
{
    name[1] = 'X';
    return argument;
}

int main(void)
{
    pthread_t thread;

    sem_open("/ab", O_CREAT, 0600, 1);
    pthread_create(&thread, NULL, change, NULL);
    puts(sem_open(name, 0) == SEM_FAILED ? "none" : "there");
    pthread_join(thread, NULL);
    return 0;
}
