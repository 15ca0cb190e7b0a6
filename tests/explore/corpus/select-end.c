/*
 * A pipe whose writer has closed is ready to read: the end. Until then it is
 * ready only once the byte is there.
 *
 * can: exit 0 | byte end\n
 */
#define _POSIX_C_SOURCE 200809L
#include <pthread.h>
#include <stdio.h>
#include <sys/select.h>
#include <unistd.h>

static int ends[2];

static void *say(void *argument)
{
    if (write(ends[1], "x", 1) != 1)
        puts("short");
    close(ends[1]);
    return argument;
}

static int wait_and_read(void)
{
    fd_set set;
    char byte;

    FD_ZERO(&set);
    FD_SET(ends[0], &set);
    if (select(ends[0] + 1, &set, NULL, NULL, NULL) != 1 || !FD_ISSET(ends[0], &set))
        return -1;
    return (int)read(ends[0], &byte, 1);
}

int main(void)
{
    pthread_t thread;

    if (pipe(ends) != 0)
        return 1;
    pthread_create(&thread, NULL, say, NULL);
    if (wait_and_read() == 1)
        printf("byte ");
    if (wait_and_read() == 0)
        puts("end");
    pthread_join(thread, NULL);
    return 0;
}
