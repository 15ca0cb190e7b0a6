/*
 * pthread_exit in main lets the others go on.
 *
 * can: exit 0 | thread\n
 */
#include <pthread.h>
#include <stdio.h>

static void *say(void *argument)
{
    puts("thread");
    return argument;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, say, NULL);
    pthread_exit(NULL);
}
