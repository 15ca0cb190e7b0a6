/*
 * swab exchanges pairs: of three bytes the last is neither read nor written.
 *
 * can: exit 0 | 21x\n
 */
#define _XOPEN_SOURCE 700
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

static char from[4] = "12", to[4];

static void *other(void *argument)
{
    swab(from, to, 3);
    return argument;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, other, NULL);
    to[2] = 'x';
    pthread_join(thread, NULL);
    puts(to);
    return 0;
}
