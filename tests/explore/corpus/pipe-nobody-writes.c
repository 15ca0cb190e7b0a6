/*
 * Main reads from a pipe whose other end only it has.
 *
 * can: deadlock |
 * says: waits to read from ends[0], and nobody writes to it
 * native: no, it hangs
 */
#define _POSIX_C_SOURCE 200809L
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

static void *pass(void *argument)
{
    return argument;
}

int main(void)
{
    pthread_t thread;
    int ends[2];
    char byte;

    if (pipe(ends) != 0)
        return 1;
    pthread_create(&thread, NULL, pass, NULL);
    if (read(ends[0], &byte, 1) == 1)
        puts("?");
    pthread_join(thread, NULL);
    return 0;
}
