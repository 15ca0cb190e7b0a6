/*
 * Signals that come when time has passed.
 *
 * says: calls setitimer
 * status: 2
 * native: no, it is refused
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <stdio.h>
#include <sys/time.h>

static void *pass(void *argument)
{
    return argument;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, pass, NULL);
    struct itimerval every = {.it_value.tv_sec = 1};
    setitimer(ITIMER_REAL, &every, NULL);
    pthread_join(thread, NULL);
    return 0;
}
