/*
 * A limit in time is read by the call that waits, while another thread makes it none
 * (POSIX: EINVAL).
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

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static struct timespec limit;

static void *spoil(void *argument)
{
    limit.tv_nsec = -1;
    return argument;
}

int main(void)
{
    pthread_t thread;

    pthread_mutex_lock(&mutex);
    pthread_create(&thread, NULL, spoil, NULL);
    puts(pthread_mutex_timedlock(&mutex, &limit) == ETIMEDOUT ? "too late" : "no time");
    pthread_join(thread, NULL);
    pthread_mutex_unlock(&mutex);
    return 0;
}
