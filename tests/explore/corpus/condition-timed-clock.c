/*
 * A limit that has passed is not before the clock; and if nobody signals, it
 * passes always.
 *
 * can: exit 0 | late 1\n
 * native: no, it would take an hour
 */
#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <time.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static pthread_cond_t never = PTHREAD_COND_INITIALIZER;

int main(void)
{
    struct timespec limit, now;

    clock_gettime(CLOCK_REALTIME, &limit);
    limit.tv_sec += 3600;
    pthread_mutex_lock(&lock);
    while (pthread_cond_timedwait(&never, &lock, &limit) != ETIMEDOUT)
        ;
    pthread_mutex_unlock(&lock);
    clock_gettime(CLOCK_REALTIME, &now);
    printf("late %d\n", now.tv_sec >= limit.tv_sec);
    return 0;
}
