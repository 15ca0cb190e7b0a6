/*
 * An element of an array whose length is known only when it runs: as with any
 * other, one of two increments may be lost.
 *
 * races: memory
 * can: exit 0 | 1\n
 * can: exit 0 | 2\n
 */
#include <pthread.h>
#include <stdio.h>
#include <string.h>

static void *add(void *argument)
{
    int *numbers = argument;

    numbers[1]++;
    return NULL;
}

#pragma GCC diagnostic ignored "-Wvla" /* it is what this is about */

int main(int argc, char **argv)
{
    int count = argc + 2;
    int numbers[count];
    pthread_t thread;

    (void)argv;
    memset(numbers, 0, sizeof numbers);
    pthread_create(&thread, NULL, add, numbers);
    numbers[1]++;
    pthread_join(thread, NULL);
    printf("%d\n", numbers[1]);
    return 0;
}
