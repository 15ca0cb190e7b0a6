/*
 * As given-limit, of a lock that is free for readers.
 *
 * can: exit 0 | too late\n
 * can: exit 0 | no time\n
 * races: limit
 * says: races over 16 bytes at once
 * toy: no, it does not see what a call reads
 */
#define _POSIX_C_SOURCE 200809L
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <time.h>

static pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;
static struct timespec limit;

static void *spoil(void *argument)
{
    limit.tv_nsec = -1;
    return argument;
}

int main(void)
{
    pthread_t thread;

    pthread_rwlock_rdlock(&lock);
    pthread_create(&thread, NULL, spoil, NULL);
    puts(pthread_rwlock_timedwrlock(&lock, &limit) == ETIMEDOUT ? "too late" : "no time");
    pthread_join(thread, NULL);
    return 0;
}
