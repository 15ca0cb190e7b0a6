/*
 * The limit may pass before the byte comes; and time has passed then.
 *
 * can: exit 0 | x\n
 * can: exit 0 | too late\n
 */
#define _POSIX_C_SOURCE 200809L
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

static int ends[2];

static void *say(void *argument)
{
    if (write(ends[1], "x", 1) != 1)
        puts("short");
    return argument;
}

int main(void)
{
    struct pollfd fd = {.events = POLLIN};
    pthread_t thread;

    if (pipe(ends) != 0)
        return 1;
    fd.fd = ends[0];
    pthread_create(&thread, NULL, say, NULL);
    puts(poll(&fd, 1, 10) == 1 ? "x" : "too late");
    pthread_join(thread, NULL);
    return 0;
}
