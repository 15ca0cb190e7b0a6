/*
 * So does strtod.
 *
 * can: exit 0 | 1.0\n
 * can: exit 0 | 2.0\n
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
    printf("%.1f\n", strtod(text, NULL));
    pthread_join(thread, NULL);
    return 0;
}
