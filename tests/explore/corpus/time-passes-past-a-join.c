/*
 * Where it was slow, main waits for the other before it says so: told to take long, a run
 * that said so at once cannot be followed. That is no outcome, and no reason to doubt.
 *
 * can: exit 0 | quick\n
 * can: exit 0 | slow\n
 * toy: no, it has another time
 */
#define _POSIX_C_SOURCE 200809L
#include <pthread.h>
#include <stdio.h>
#include <time.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

static void *rest(void *argument)
{
    nanosleep(&(struct timespec){.tv_sec = 10}, NULL);
    pthread_mutex_lock(&mutex);
    pthread_mutex_unlock(&mutex);
    return argument;
}

int main(void)
{
    struct timespec before, after;
    pthread_t thread;
    int is_slow;

    clock_gettime(CLOCK_MONOTONIC, &before);
    pthread_create(&thread, NULL, rest, NULL);
    pthread_mutex_lock(&mutex);
    pthread_mutex_unlock(&mutex);
    clock_gettime(CLOCK_MONOTONIC, &after);
    is_slow = after.tv_sec - before.tv_sec > 1;
    if (is_slow)
        pthread_join(thread, NULL);
    puts(is_slow ? "slow" : "quick");
    if (!is_slow)
        pthread_join(thread, NULL);
    return 0;
}
