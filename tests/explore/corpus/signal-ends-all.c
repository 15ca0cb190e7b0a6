/*
 * What nobody handles ends the whole process (15: SIGTERM), before main has
 * printed or after.
 *
 * can: signal 15 |
 * can: signal 15 | main\n
 */
#define _POSIX_C_SOURCE 200809L
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

static void *end(void *argument)
{
    kill(getpid(), SIGTERM);
    return argument;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, end, NULL);
    puts("main");
    fflush(stdout);
    pthread_join(thread, NULL);
    return 0;
}
