/*
 * memccpy copies up to the byte that it looks for, and touches none behind it: neither
 * of the block of three bytes, nor in what it writes.
 *
 * can: exit 0 | ab x\n
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char text[8] = "......x";

static void *other(void *argument)
{
    char *block = strdup("ab");

    memccpy(text, block, 0, sizeof text);
    free(block);
    return argument;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, other, NULL);
    text[6] = 'x';
    pthread_join(thread, NULL);
    printf("%s %s\n", text, text + 6);
    return 0;
}
