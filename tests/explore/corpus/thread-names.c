/*
 * A name is the thread's own.
 *
 * can: exit 0 | worker\n
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <stdio.h>

static void *run(void *argument)
{
    char name[16];

    pthread_setname_np(pthread_self(), "worker");
    pthread_getname_np(pthread_self(), name, sizeof name);
    puts(name);
    return argument;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, run, NULL);
    pthread_join(thread, NULL);
    return 0;
}
