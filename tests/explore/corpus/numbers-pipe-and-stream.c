/*
 * A stream takes a number as a pipe does.
 *
 * can: exit 0 | pipe\n
 * can: exit 0 | stream\n
 */
#define _POSIX_C_SOURCE 200809L
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

static int fds[2];

static void *make(void *argument)
{
    (void)!pipe(fds);
    return argument;
}

int main(void)
{
    pthread_t thread;
    FILE *stream;

    pthread_create(&thread, NULL, make, NULL);
    stream = fopen("/dev/null", "r");
    pthread_join(thread, NULL);
    puts(fds[0] < fileno(stream) ? "pipe" : "stream");
    return 0;
}
