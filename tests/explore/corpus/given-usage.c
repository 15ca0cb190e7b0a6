/*
 * What a process has used is written where another thread looks.
 *
 * can: exit 0 | before\n
 * can: exit 0 | after\n
 * races: usage
 * says: races over 144 bytes at once
 * toy: no, it does not see what a call writes
 * native: no, a part of it may be seen
 */
#define _DEFAULT_SOURCE
#include <pthread.h>
#include <stdio.h>
#include <sys/resource.h>

static struct rusage usage;

static void *ask(void *argument)
{
    getrusage(RUSAGE_SELF, &usage);
    return argument;
}

int main(void)
{
    pthread_t thread;

    usage.ru_nsignals = -1;
    pthread_create(&thread, NULL, ask, NULL);
    puts(usage.ru_nsignals < 0 ? "before" : "after");
    pthread_join(thread, NULL);
    return 0;
}
