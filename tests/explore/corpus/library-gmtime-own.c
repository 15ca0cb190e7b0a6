/*
 * gmtime_r writes what the caller gives it.
 *
 * can: exit 0 | 70\n
 */
#define _POSIX_C_SOURCE 200809L
#include <pthread.h>
#include <stdio.h>
#include <time.h>

static time_t zero;

static void *other(void *argument)
{
    struct tm mine;

    gmtime_r(&zero, &mine);
    return argument;
}

int main(void)
{
    pthread_t thread;

    struct tm mine;
    pthread_create(&thread, NULL, other, NULL);
    gmtime_r(&zero, &mine);
    pthread_join(thread, NULL);
    printf("%d\n", mine.tm_year);
    return 0;
}
