/*
 * A handler is read by sigaction while another thread replaces it.
 *
 * can: exit 0 | end\n
 * can: exit 0 | handled\nend\n
 * races: action
 * says: races over 152 bytes at once
 * toy: no, it does not see what a call reads
 */
#define _POSIX_C_SOURCE 200809L
#include <pthread.h>
#include <signal.h>
#include <stdio.h>

static struct sigaction action;

static void handle(int number)
{
    (void)number;
    puts("handled");
}

static void *replace(void *argument)
{
    action.sa_handler = handle;
    return argument;
}

int main(void)
{
    pthread_t thread;

    action.sa_handler = SIG_IGN;
    pthread_create(&thread, NULL, replace, NULL);
    sigaction(SIGUSR1, &action, NULL);
    raise(SIGUSR1);
    puts("end");
    pthread_join(thread, NULL);
    return 0;
}
