/*
 * localtime reads the environment; who changes it at the same time races.
 *
 * can: exit 0 | 0\n
 * can: exit 0 | 23\n
 * races: library.state
 */
#define _POSIX_C_SOURCE 200809L
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static time_t zero;

static void *other(void *argument)
{
    setenv("TZ", "AAA+1", 1);
    return argument;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, other, NULL);
    printf("%d\n", localtime(&zero)->tm_hour);
    pthread_join(thread, NULL);
    return 0;
}
