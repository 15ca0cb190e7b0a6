/*
 * The limit of the second passes while the first has the lock, or it gets it. A
 * limit that has passed is later than the limit.
 *
 * can: exit 0 | got it\n
 * can: exit 0 | too late\n
 * native: no, it would take a day
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <stdio.h>
#include <time.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void *hold(void *argument)
{
    pthread_mutex_lock(&lock);
    pthread_mutex_unlock(&lock);
    return argument;
}

static void *try_for_a_day(void *argument)
{
    struct timespec limit, now;

    clock_gettime(CLOCK_REALTIME, &limit);
    limit.tv_sec += 86400;
    if (pthread_mutex_timedlock(&lock, &limit) == 0) {
        puts("got it");
        pthread_mutex_unlock(&lock);
        return argument;
    }
    clock_gettime(CLOCK_REALTIME, &now);
    puts(now.tv_sec >= limit.tv_sec ? "too late" : "too early");
    return argument;
}

int main(void)
{
    pthread_t a, b;

    pthread_create(&a, NULL, hold, NULL);
    pthread_create(&b, NULL, try_for_a_day, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    return 0;
}
