/*
 * What was blocked before is stored where another thread looks.
 *
 * can: exit 0 | full\n
 * can: exit 0 | empty\n
 * races: before
 * says: races over 128 bytes at once
 * toy: no, it does not see what a call writes
 */
#define _POSIX_C_SOURCE 200809L
#include <pthread.h>
#include <signal.h>
#include <stdio.h>

static sigset_t before;

static void *ask(void *argument)
{
    pthread_sigmask(SIG_BLOCK, NULL, &before);
    return argument;
}

int main(void)
{
    pthread_t thread;

    sigfillset(&before);
    pthread_create(&thread, NULL, ask, NULL);
    puts(sigismember(&before, SIGUSR1) ? "full" : "empty");
    pthread_join(thread, NULL);
    return 0;
}
