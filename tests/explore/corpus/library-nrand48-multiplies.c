/*
 * nrand48 has its own numbers, but the multiplier that lcong48 sets for all:
 * 0x5deece66d at first, and 0 here. From 3 it is 15 bits of what they make.
 *
 * can: exit 0 | 577123\n
 * can: exit 0 | 0\n
 * races: library.state
 */
#define _XOPEN_SOURCE 700
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

static unsigned short numbers[3] = {3};

static void *other(void *argument)
{
    unsigned short zeros[7] = {0};

    lcong48(zeros);
    return argument;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, other, NULL);
    printf("%ld\n", nrand48(numbers));
    pthread_join(thread, NULL);
    return 0;
}
