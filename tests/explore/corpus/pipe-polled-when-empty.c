/*
 * A thread writes, reads, polls in vain, and writes again. Its reader may have the
 * first byte, then the thread waits for ever; or the second.
 *
 * can: exit 0 | b
 * can: deadlock | a
 * native: no, it may wait for ever
 */
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

static int ends[2];

static void *writer(void *arg)
{
    char byte;

    if (write(ends[1], "a", 1) == 1 && read(ends[0], &byte, 1) == 1)
        poll(&(struct pollfd){.fd = ends[0], .events = POLLIN}, 1, 0);
    return write(ends[1], "b", 1) == 1 ? arg : NULL;
}

int main(void)
{
    pthread_t thread;
    char byte = '?';

    if (pipe(ends) != 0)
        return 1;
    pthread_create(&thread, NULL, writer, NULL);
    if (read(ends[0], &byte, 1) == 1)
        putchar(byte);
    fflush(stdout);
    pthread_join(thread, NULL);
    return 0;
}
