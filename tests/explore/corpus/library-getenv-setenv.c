/*
 * The environment belongs to all.
 *
 * can: exit 0 | no\n
 * can: exit 0 | yes\n
 * races: library.state
 */
#define _POSIX_C_SOURCE 200809L
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

static void *other(void *argument)
{
    setenv("EXPLORED", "yes", 1);
    return argument;
}

int main(void)
{
    pthread_t thread;

    const char *value;
    pthread_create(&thread, NULL, other, NULL);
    value = getenv("EXPLORED");
    pthread_join(thread, NULL);
    puts(value != NULL ? value : "no");
    return 0;
}
