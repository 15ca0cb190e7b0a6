/*
 * A descriptor that is ready when a signal comes.
 *
 * says: calls signalfd
 * status: 2
 * native: no, it is refused
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <stdio.h>
#include <signal.h>
#include <sys/signalfd.h>

static void *pass(void *argument)
{
    return argument;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, pass, NULL);
    sigset_t set;
    sigemptyset(&set);
    if (signalfd(-1, &set, 0) >= 0)
        puts("made");
    pthread_join(thread, NULL);
    return 0;
}
