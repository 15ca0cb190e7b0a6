/*
 * What is printed behind a join comes behind what the thread printed.
 *
 * can: exit 0 | thread\nmain\n
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
    pthread_join(thread, NULL);
    puts("main");
    return 0;
}
