/*
 * memchr looks no further than what it finds, where the place is looked at byte by byte
 * because it races, too: behind the second byte there is nothing to be read.
 *
 * can: exit 0 | 1\n
 * races: memory
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *text;

static void *other(void *argument)
{
    text[0] = 'c';
    return argument;
}

int main(void)
{
    pthread_t thread;

    text = malloc(2);
    memcpy(text, "ab", 2);
    pthread_create(&thread, NULL, other, NULL);
    printf("%d\n", memchr(text, 'b', 8) != NULL);
    pthread_join(thread, NULL);
    free(text);
    return 0;
}
