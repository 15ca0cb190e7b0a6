/*
 * strtol reads a text that another thread changes.
 *
 * can: exit 0 | 1\n
 * can: exit 0 | 2\n
 * races: text
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

static char text[4] = "1";

static void *other(void *argument)
{
    text[0] = '2';
    return argument;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, other, NULL);
    printf("%ld\n", strtol(text, NULL, 10));
    pthread_join(thread, NULL);
    return 0;
}
