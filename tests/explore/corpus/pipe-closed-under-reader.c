/*
 * To close a descriptor that another thread reads from wakes nobody; its
 * number may be another file's by then.
 *
 * can: misuse |
 * says: uses a descriptor that another thread closes
 * native: no, it hangs or not
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
    char byte;

    if (pipe(ends) != 0)
        return 1;
    pthread_create(&thread, NULL, leave, NULL);
    if (read(ends[0], &byte, 1) == 1)
        puts("?");
    pthread_join(thread, NULL);
    return 0;
}
