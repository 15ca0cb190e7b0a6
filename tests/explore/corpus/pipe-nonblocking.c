/*
 * O_NONBLOCK: there is a byte already, or not yet.
 *
 * can: exit 0 | x\n
 * can: exit 0 | EAGAIN\n
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
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
    pthread_t thread;
    char byte;

    if (pipe2(ends, O_CLOEXEC) != 0 || fcntl(ends[0], F_SETFL, O_NONBLOCK) != 0)
        return 1;
    pthread_create(&thread, NULL, say, NULL);
    if (read(ends[0], &byte, 1) == 1)
        printf("%c\n", byte);
    else if (errno == EAGAIN)
        puts("EAGAIN");
    pthread_join(thread, NULL);
    return 0;
}
