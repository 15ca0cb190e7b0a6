/*
 * strdup reads; what it returns is nobody else's.
 *
 * can: exit 0 | a\n
 * can: exit 0 | b\n
 * races: text
 */
#define _POSIX_C_SOURCE 200809L
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char text[4] = "a";

static void *other(void *argument)
{
    text[0] = 'b';
    return argument;
}

int main(void)
{
    pthread_t thread;

    char *copy;
    pthread_create(&thread, NULL, other, NULL);
    copy = strdup(text);
    pthread_join(thread, NULL);
    puts(copy);
    free(copy);
    return 0;
}
