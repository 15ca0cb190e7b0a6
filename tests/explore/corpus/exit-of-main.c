/*
 * main ends as a thread: its handlers run, and the process goes on.
 *
 * can: exit 0 | handler\nstill here\n
 * can: exit 0 | still here\nhandler\n
 */
#include <pthread.h>
#include <stdio.h>

static void say(void *word)
{
    puts(word);
}

static void *stay(void *argument)
{
    puts("still here");
    return argument;
}

int main(void)
{
    static char word[] = "handler";
    pthread_t thread;

    pthread_create(&thread, NULL, stay, NULL);
    pthread_cleanup_push(say, word);
    pthread_exit(NULL);
    pthread_cleanup_pop(0);
    return 1;
}
