/*
 * The lowest number that is free goes to whoever comes first.
 *
 * can: exit 0 | thread\n
 * can: exit 0 | main\n
 */
#define _POSIX_C_SOURCE 200809L
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

static int its;

static void *take(void *argument)
{
    its = open("/dev/null", O_RDONLY);
    return argument;
}

int main(void)
{
    pthread_t thread;
    int mine;

    pthread_create(&thread, NULL, take, NULL);
    mine = open("/dev/null", O_RDONLY);
    pthread_join(thread, NULL);
    puts(its < mine ? "thread" : "main");
    return 0;
}
