/*
 * Whatever comes between two looks at a clock may take a second.
 *
 * can: exit 0 | quick\n
 * says: depends on how long things take
 * status: 3
 * toy: no, it has another time
 */
#define _POSIX_C_SOURCE 200809L
#include <pthread.h>
#include <stdio.h>
#include <time.h>

static void *work(void *argument)
{
    return argument;
}

int main(void)
{
    struct timespec before, after;
    pthread_t thread;

    clock_gettime(CLOCK_MONOTONIC, &before);
    pthread_create(&thread, NULL, work, NULL);
    pthread_join(thread, NULL);
    clock_gettime(CLOCK_MONOTONIC, &after);
    puts(after.tv_sec - before.tv_sec > 1 ? "slow" : "quick");
    return 0;
}
