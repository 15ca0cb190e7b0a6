/*
 * As given-limit, of a semaphore that is free: glibc looks at the limit first.
 *
 * can: exit 0 | taken\n
 * can: exit 0 | no time\n
 * races: limit
 * says: races over 16 bytes at once
 * native: no, a semaphore that is free may be taken without a look
 * toy: no, it does not see what a call reads
 */
#define _POSIX_C_SOURCE 200809L
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <time.h>

static sem_t semaphore;
static struct timespec limit;

static void *spoil(void *argument)
{
    limit.tv_nsec = -1;
    return argument;
}

int main(void)
{
    pthread_t thread;

    sem_init(&semaphore, 0, 1);
    pthread_create(&thread, NULL, spoil, NULL);
    puts(sem_timedwait(&semaphore, &limit) == 0 ? "taken" : "no time");
    pthread_join(thread, NULL);
    return 0;
}
