/*
 * With SIGPIPE ignored, write says EPIPE.
 *
 * can: exit 0 | EPIPE\n
 * can: exit 0 | written\n
 */
#define _POSIX_C_SOURCE 200809L
#include <errno.h>
#include <pthread.h>
#include <signal.h>
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

    signal(SIGPIPE, SIG_IGN);
    if (pipe(ends) != 0)
        return 1;
    pthread_create(&thread, NULL, leave, NULL);
    if (write(ends[1], "x", 1) == 1)
        puts("written");
    else if (errno == EPIPE)
        puts("EPIPE");
    pthread_join(thread, NULL);
    return 0;
}
