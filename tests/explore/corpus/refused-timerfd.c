/*
 * A descriptor that is ready when time has passed.
 *
 * says: calls timerfd_create
 * status: 2
 * native: no, it is refused
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <stdio.h>
#include <sys/timerfd.h>

static void *pass(void *argument)
{
    return argument;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, pass, NULL);
    if (timerfd_create(CLOCK_MONOTONIC, 0) >= 0)
        puts("made");
    pthread_join(thread, NULL);
    return 0;
}
