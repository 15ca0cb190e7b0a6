/*
 * A handler that a thread registers is called if that is before exit() has called
 * the last one.
 *
 * can: exit 0 |
 * can: exit 0 | handler\n
 * toy: no, it has no atexit
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

static void say(void)
{
    fputs("handler\n", stdout);
}

static void *work(void *argument)
{
    atexit(say);
    return argument;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, work, NULL);
    return 0;
}
