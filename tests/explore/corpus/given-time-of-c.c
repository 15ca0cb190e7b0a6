/*
 * As given-clock, by C's own call.
 *
 * can: exit 0 | none\n
 * can: exit 0 | a time\n
 * races: now
 * says: races over 16 bytes at once
 * toy: no, it does not see what a call writes
 */
#include <pthread.h>
#include <stdio.h>
#include <time.h>

static struct timespec now;

static void *ask(void *argument)
{
    timespec_get(&now, TIME_UTC);
    return argument;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, ask, NULL);
    puts(now.tv_sec == 0 ? "none" : "a time");
    pthread_join(thread, NULL);
    return 0;
}
