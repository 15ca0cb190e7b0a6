/*
 * A writer whose limit has passed waits no more: readers can come in again.
 *
 * can: exit 0 | 1 1 1\n
 */
#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <time.h>

static pthread_rwlock_t lock = PTHREAD_RWLOCK_WRITER_NONRECURSIVE_INITIALIZER_NP;

static void *try_it(void *results)
{
    int *result = results;
    struct timespec past = {0, 0};

    result[0] = pthread_rwlock_timedwrlock(&lock, &past) == ETIMEDOUT;
    result[1] = pthread_rwlock_clockwrlock(&lock, CLOCK_MONOTONIC, &past) == ETIMEDOUT;
    result[2] = pthread_rwlock_timedrdlock(&lock, &past) == 0;
    pthread_rwlock_unlock(&lock);
    return NULL;
}

int main(void)
{
    pthread_t other;
    int results[3];

    pthread_rwlock_rdlock(&lock);
    pthread_create(&other, NULL, try_it, results);
    pthread_join(other, NULL);
    printf("%d %d %d\n", results[0], results[1], results[2]);
    return 0;
}
