/*
 * The strerror_r of GNU leaves the memory alone that it is given, if it has a text of
 * its own.
 *
 * can: exit 0 | 0\n
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <stdio.h>
#include <string.h>

static char text[64];

static void *other(void *argument)
{
    (void)strerror_r(1, text, sizeof text);
    return argument;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, other, NULL);
    printf("%d\n", text[0] != '\0');
    pthread_join(thread, NULL);
    return 0;
}
