/*
 * How long to sleep is read while another thread makes it no time.
 *
 * can: exit 0 | slept\n
 * can: exit 0 | no time\n
 * races: moment
 * says: races over 16 bytes at once
 * toy: no, it does not see what a call reads
 */
#define _POSIX_C_SOURCE 200809L
#include <pthread.h>
#include <stdio.h>
#include <time.h>

static struct timespec moment;

static void *spoil(void *argument)
{
    moment.tv_nsec = -1;
    return argument;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, spoil, NULL);
    puts(nanosleep(&moment, NULL) == 0 ? "slept" : "no time");
    pthread_join(thread, NULL);
    return 0;
}
