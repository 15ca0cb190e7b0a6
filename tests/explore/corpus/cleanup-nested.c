/*
 * Handlers are called the last first, when a thread leaves by pthread_exit.
 *
 * can: exit 0 | inner\nouter\n
 */
#include <pthread.h>
#include <stdio.h>

static void say(void *text)
{
    puts(text);
}

static void *leave(void *argument)
{
    static char inner[] = "inner", outer[] = "outer";

    pthread_cleanup_push(say, outer);
    pthread_cleanup_push(say, inner);
    pthread_exit(argument);
    pthread_cleanup_pop(0);
    pthread_cleanup_pop(0);
    return NULL;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, leave, NULL);
    pthread_join(thread, NULL);
    return 0;
}
