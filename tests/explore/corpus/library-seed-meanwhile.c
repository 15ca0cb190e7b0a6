/*
 * lrand48 has one state for all threads, and POSIX promises nothing to two that use it at
 * once: a race, and what becomes of it is not proven. In its two orders the number comes
 * from 1 or from 5, and not from the first seed alone.
 *
 * can: exit 0 | 89400484\n
 * can: exit 0 | 1127084414\n
 * races: library.state
 * says: races for what the C library keeps for itself
 */
#define _XOPEN_SOURCE 700
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

static void *seed(void *argument)
{
    srand48(5);
    return argument;
}

int main(void)
{
    pthread_t thread;

    srand48(1);
    pthread_create(&thread, NULL, seed, NULL);
    printf("%ld\n", lrand48());
    pthread_join(thread, NULL);
    return 0;
}
