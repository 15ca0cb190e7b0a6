/*
 * localtime has one struct for all.
 *
 * can: exit 0 | done\n
 * races: localtime.state
 * says: races over 56 bytes at once
 * status: 1
 * native: no, it depends on the clock
 */
#include <pthread.h>
#include <stdio.h>
#include <time.h>

static time_t zero, year = 366 * 24 * 3600;

static void *other(void *argument)
{
    localtime(&zero);
    return argument;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, other, NULL);
    localtime(&year);
    pthread_join(thread, NULL);
    puts("done");
    return 0;
}
