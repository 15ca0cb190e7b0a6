/*
 * A limit in the past, one that is none, and a clock that limits cannot be
 * told by; another has the mutex.
 *
 * can: exit 0 | 1 1 1\n
 */
#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <time.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void *try_it(void *results)
{
    int *result = results;
    struct timespec past = {0, 0}, wrong = {0, -1};

    result[0] = pthread_mutex_clocklock(&lock, CLOCK_MONOTONIC, &past) == ETIMEDOUT;
    result[1] = pthread_mutex_timedlock(&lock, &wrong) == EINVAL;
    result[2] = pthread_mutex_clocklock(&lock, CLOCK_THREAD_CPUTIME_ID, &past) == EINVAL;
    return NULL;
}

int main(void)
{
    pthread_t other;
    int results[3];

    pthread_mutex_lock(&lock);
    pthread_create(&other, NULL, try_it, results);
    pthread_join(other, NULL);
    printf("%d %d %d\n", results[0], results[1], results[2]);
    return 0;
}
