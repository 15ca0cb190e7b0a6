/*
 * What comes behind pthread_create is not before the thread: a race.
 *
 * can: exit 0 | 0\n
 * can: exit 0 | 1\n
 * races: value
 */
#include <pthread.h>
#include <stdio.h>

static int value;

static void *look(void *argument)
{
    printf("%d\n", value);
    return argument;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, look, NULL);
    value = 1;
    pthread_join(thread, NULL);
    return 0;
}
