/*
 * What SIGTSTP does where nobody handles it is no end: the process stops, until another
 * one lets it go on.
 *
 * says: sends SIGTSTP, which stops the process
 * says: refused
 * status: 2
 * native: no, it is refused
 */
#define _POSIX_C_SOURCE 200809L
#include <pthread.h>
#include <signal.h>
#include <stdio.h>

static void *stop(void *argument)
{
    raise(SIGTSTP);
    return argument;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, stop, NULL);
    pthread_join(thread, NULL);
    puts("on");
    return 0;
}
