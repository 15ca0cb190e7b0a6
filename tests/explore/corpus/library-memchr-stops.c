/*
 * memchr looks no further than what it finds (C17, 7.24.5.1); behind that the
 * other thread writes.
 *
 * can: exit 0 | 1\n
 */
#include <pthread.h>
#include <stdio.h>
#include <string.h>

static char text[4] = "ab";

static void *other(void *argument)
{
    text[3] = 'c';
    return argument;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, other, NULL);
    printf("%d\n", memchr(text, 'b', 4) != NULL);
    pthread_join(thread, NULL);
    return 0;
}
