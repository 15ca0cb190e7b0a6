/*
 * What is to be blocked is read while another thread adds to it.
 *
 * can: exit 0 | open\n
 * can: exit 0 | blocked\n
 * races: wanted
 * says: races over 128 bytes at once
 * toy: no, it does not see what a call reads
 */
#define _POSIX_C_SOURCE 200809L
#include <pthread.h>
#include <signal.h>
#include <stdio.h>

static sigset_t wanted;

static void *add(void *argument)
{
    sigaddset(&wanted, SIGUSR1);
    return argument;
}

int main(void)
{
    pthread_t thread;
    sigset_t now;

    sigemptyset(&wanted);
    pthread_create(&thread, NULL, add, NULL);
    pthread_sigmask(SIG_BLOCK, &wanted, NULL);
    pthread_sigmask(SIG_BLOCK, NULL, &now);
    puts(sigismember(&now, SIGUSR1) ? "blocked" : "open");
    pthread_join(thread, NULL);
    return 0;
}
