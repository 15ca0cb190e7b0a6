/*
 * A thread may be under way in read when main closes the descriptor; whoever writes
 * then writes to nobody, or to that thread. So the use is named, and where the thread
 * comes too late it is the same mistake.
 *
 * can: signal 13 |
 * can: misuse |
 * says: uses a descriptor that another thread closes
 * native: no, the thread may read the byte
 */
#define _POSIX_C_SOURCE 200809L
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

static int ends[2];

static void *take(void *argument)
{
    char byte;

    return read(ends[0], &byte, 1) == 1 ? argument : NULL;
}

int main(void)
{
    pthread_t thread;

    if (pipe(ends) != 0)
        return 1;
    pthread_create(&thread, NULL, take, NULL);
    close(ends[0]);
    if (write(ends[1], "a", 1) != 1)
        return 2;
    pthread_join(thread, NULL);
    return 0;
}
