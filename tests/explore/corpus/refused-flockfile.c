/*
 * A lock that the calls on the stream take as well.
 *
 * says: calls flockfile
 * status: 2
 * native: no, it is refused
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <stdio.h>

static void *pass(void *argument)
{
    return argument;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, pass, NULL);
    flockfile(stdout);
    funlockfile(stdout);
    pthread_join(thread, NULL);
    return 0;
}
