/*
 * time writes where it is told to, and nothing orders that and the reading.
 *
 * can: exit 0 | none\n
 * can: exit 0 | a time\n
 * races: now
 * toy: no, it does not see what a call writes
 */
#include <pthread.h>
#include <stdio.h>
#include <time.h>

static time_t now;

static void *ask(void *argument)
{
    time(&now);
    return argument;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, ask, NULL);
    puts(now == 0 ? "none" : "a time");
    pthread_join(thread, NULL);
    return 0;
}
