/*
 * A clock is read into 16 bytes: more than a machine writes at once, so their halves
 * may be seen apart.
 *
 * can: exit 0 | none\n
 * can: exit 0 | a time\n
 * races: now
 * says: races over 16 bytes at once
 * toy: no, it does not see what a call writes
 */
#define _POSIX_C_SOURCE 200809L
#include <pthread.h>
#include <stdio.h>
#include <time.h>

static struct timespec now;

static void *ask(void *argument)
{
    clock_gettime(CLOCK_REALTIME, &now);
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
