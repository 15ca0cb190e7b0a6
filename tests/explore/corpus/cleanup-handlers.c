/*
 * Handlers run in the other order when the thread exits, and not when they were
 * taken off.
 *
 * can: exit 0 | second\nfirst\n
 */
#include <pthread.h>
#include <stdio.h>

static void say(void *what)
{
    puts(what);
}

static void *work(void *argument)
{
    static char first[] = "first", second[] = "second", third[] = "third";

    pthread_cleanup_push(say, first);
    pthread_cleanup_push(say, second);
    pthread_cleanup_push(say, third);
    pthread_cleanup_pop(0);
    pthread_exit(argument);
    pthread_cleanup_pop(0);
    pthread_cleanup_pop(0);
    return argument;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, work, NULL);
    pthread_join(thread, NULL);
    return 0;
}
