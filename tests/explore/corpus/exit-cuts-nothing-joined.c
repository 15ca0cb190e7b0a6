/*
 * The thread that prints is joined before the end, so nothing is cut.
 *
 * can: exit 0 | 1 2\n
 */
#include <pthread.h>
#include <stdio.h>

static void *say(void *argument)
{
    printf("%d %d\n", 1, 2);
    return argument;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, say, NULL);
    pthread_join(thread, NULL);
    return 0;
}
