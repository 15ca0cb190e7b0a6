/*
 * Another process.
 *
 * says: calls daemon
 * status: 2
 * native: no, it is refused
 */
#define _GNU_SOURCE
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

    pthread_create(&thread, NULL, pass, NULL);
    if (daemon(1, 1) == 0)
        puts("in the background");
    pthread_join(thread, NULL);
    return 0;
}
