/*
 * What raise does depends on whether the other thread has set its handler yet.
 *
 * can: exit 0 | end\n
 * can: exit 0 | handled\nend\n
 * toy: no, it has no signals
 */
#define _POSIX_C_SOURCE 200809L
#include <pthread.h>
#include <signal.h>
#include <stdio.h>

static void handle(int number)
{
    (void)number;
    puts("handled");
}

static void *set(void *argument)
{
    signal(SIGUSR1, handle);
    return argument;
}

int main(void)
{
    pthread_t thread;

    signal(SIGUSR1, SIG_IGN);
    pthread_create(&thread, NULL, set, NULL);
    raise(SIGUSR1);
    puts("end");
    pthread_join(thread, NULL);
    return 0;
}
