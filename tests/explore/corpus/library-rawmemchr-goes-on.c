/*
 * rawmemchr stops at no zero but where it finds its byte. It is before or behind the
 * write; if it reads a 1 there, it stops earlier.
 *
 * can: exit 0 | 1\n
 * can: exit 0 | 2\n
 * races: bytes
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <stdio.h>
#include <string.h>

static char bytes[4] = {0, 0, 1, 0};

static void *other(void *argument)
{
    bytes[1] = 1;
    return argument;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, other, NULL);
    printf("%d\n", (int)((char *)rawmemchr(bytes, 1) - bytes));
    pthread_join(thread, NULL);
    return 0;
}
