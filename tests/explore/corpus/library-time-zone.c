/*
 * localtime asks the environment for the zone and keeps it; localtime_r takes what is
 * kept (POSIX: it need not ask). So they have an order, though no memory of theirs is
 * shared; both are under a lock, and it is no race.
 *
 * can: exit 0 | 19\n
 * can: exit 0 | 23\n
 */
#define _POSIX_C_SOURCE 200809L
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static time_t zero;

static void *ask(void *argument)
{
    localtime(&zero);
    return argument;
}

static void *show(void *argument)
{
    struct tm time;

    localtime_r(&zero, &time);
    printf("%d\n", time.tm_hour);
    return argument;
}

int main(void)
{
    pthread_t threads[2];
    struct tm time;

    setenv("TZ", "AAA+1", 1);
    localtime_r(&zero, &time);
    setenv("TZ", "BBB+5", 1);
    pthread_create(&threads[0], NULL, ask, NULL);
    pthread_create(&threads[1], NULL, show, NULL);
    pthread_join(threads[0], NULL);
    pthread_join(threads[1], NULL);
    return 0;
}
