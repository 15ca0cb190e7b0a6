/*
 * SIGTSTP handled is as others are, and SIGCONT does nothing to who goes on already.
 *
 * can: exit 0 | handled on\n
 */
#define _POSIX_C_SOURCE 200809L
#include <pthread.h>
#include <signal.h>
#include <stdio.h>

static void handle(int signal_number)
{
    fputs(signal_number == SIGTSTP ? "handled " : "? ", stdout);
}

static void *go_on(void *argument)
{
    signal(SIGTSTP, handle);
    raise(SIGTSTP);
    raise(SIGCONT);
    return argument;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, go_on, NULL);
    pthread_join(thread, NULL);
    puts("on");
    return 0;
}
