/*
 * gethostname returns 0 when it has written.
 *
 * can: exit 0 | \n
 * can: exit 0 | x
 * races: name
 * native: no, it is the machine's name
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

static char name[256];

static void *other(void *argument)
{
    gethostname(name, sizeof name);
    return argument;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, other, NULL);
    putchar(name[0] == '\0' ? '\n' : 'x');
    pthread_join(thread, NULL);
    return 0;
}
