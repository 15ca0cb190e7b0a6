/*
 * As signal-raised-meanwhile; the signal is that of a pipe that nobody reads.
 *
 * can: exit 0 | end\n
 * can: exit 0 | handled\nend\n
 * toy: no, it has no signals
 */
#define _POSIX_C_SOURCE 200809L
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

static void handle(int number)
{
    (void)number;
    puts("handled");
}

static void *set(void *argument)
{
    signal(SIGPIPE, handle);
    return argument;
}

int main(void)
{
    pthread_t thread;
    int ends[2];

    signal(SIGPIPE, SIG_IGN);
    if (pipe(ends) != 0 || close(ends[0]) != 0)
        return 1;
    pthread_create(&thread, NULL, set, NULL);
    if (write(ends[1], "x", 1) < 0)
        puts("end");
    pthread_join(thread, NULL);
    return 0;
}
