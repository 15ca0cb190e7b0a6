/*
 * Whoever writes after the reader has closed is ended by SIGPIPE (13); or the
 * byte was in the pipe before.
 *
 * can: signal 13 |
 * can: exit 0 | written\n
 */
#define _POSIX_C_SOURCE 200809L
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

static int ends[2];

static void *leave(void *argument)
{
    close(ends[0]);
    return argument;
}

int main(void)
{
    pthread_t thread;

    if (pipe(ends) != 0)
        return 1;
    pthread_create(&thread, NULL, leave, NULL);
    if (write(ends[1], "x", 1) == 1)
        puts("written");
    pthread_join(thread, NULL);
    return 0;
}
