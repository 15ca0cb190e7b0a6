/*
 * To ask for the handler is a step as well.
 *
 * can: exit 0 | none\n
 * can: exit 0 | one\n
 * toy: no, it has no signals
 */
#define _POSIX_C_SOURCE 200809L
#include <pthread.h>
#include <signal.h>
#include <stdio.h>

static void handle(int number)
{
    (void)number;
}

static void *set(void *argument)
{
    signal(SIGUSR1, handle);
    return argument;
}

int main(void)
{
    struct sigaction found;
    pthread_t thread;

    pthread_create(&thread, NULL, set, NULL);
    sigaction(SIGUSR1, NULL, &found);
    pthread_join(thread, NULL);
    puts(found.sa_handler == handle ? "one" : "none");
    return 0;
}
