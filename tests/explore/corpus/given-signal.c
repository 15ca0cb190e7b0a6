/*
 * Which signal came is stored where another thread looks.
 *
 * can: exit 0 | none\n
 * can: exit 0 | one\n
 * races: number
 * toy: no, it does not see what a call writes
 */
#define _POSIX_C_SOURCE 200809L
#include <pthread.h>
#include <signal.h>
#include <stdio.h>

static sigset_t wanted;
static int number;

static void *wait_for_it(void *argument)
{
    sigwait(&wanted, &number);
    return argument;
}

int main(void)
{
    pthread_t thread;

    sigemptyset(&wanted);
    sigaddset(&wanted, SIGUSR1);
    pthread_sigmask(SIG_BLOCK, &wanted, NULL);
    pthread_create(&thread, NULL, wait_for_it, NULL);
    pthread_kill(thread, SIGUSR1);
    puts(number == 0 ? "none" : "one");
    pthread_join(thread, NULL);
    return 0;
}
