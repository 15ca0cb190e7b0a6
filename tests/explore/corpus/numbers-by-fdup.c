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
    its = fcntl(STDIN_FILENO, F_DUPFD, 0);
    return argument;
}

int main(void)
{
    pthread_t thread;
    int mine;

    pthread_create(&thread, NULL, take, NULL);
    mine = fcntl(STDIN_FILENO, F_DUPFD, 0);
    pthread_join(thread, NULL);
    puts(its < mine ? "thread" : "main");
    return 0;
}
