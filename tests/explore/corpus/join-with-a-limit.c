/*
 * Any limit may pass before a thread ends.
 *
 * can: exit 0 | 0\n
 * can: exit 0 | 1\n
 */
#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <time.h>

static void *nothing(void *argument)
{
    return argument;
}

int main(void)
{
    struct timespec limit;
    pthread_t thread;
    int err;

    clock_gettime(CLOCK_REALTIME, &limit);
    limit.tv_sec += 60;
    pthread_create(&thread, NULL, nothing, NULL);
    err = pthread_timedjoin_np(thread, NULL, &limit);
    if (err == ETIMEDOUT)
        pthread_join(thread, NULL);
    printf("%d\n", err == ETIMEDOUT);
    return 0;
}
