/*
 * The strerror_r of POSIX returns 0 when it has written: what is there before it is
 * nothing.
 *
 * can: exit 0 | 0\n
 * can: exit 0 | 1\n
 * races: text
 * says: at once
 * status: 1
 */
#define _POSIX_C_SOURCE 200809L
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
