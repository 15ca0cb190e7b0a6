/*
 * An element of a local array that a thread was given: both increment it, and one
 * increment may be lost.
 *
 * races: memory
 * toy: no, the stack of main is its own there
 * can: exit 0 | 1\n
 * can: exit 0 | 2\n
 */
#include <pthread.h>
#include <stdio.h>

static void *add(void *argument)
{
    int *numbers = argument;

    numbers[1]++;
    return NULL;
}

int main(void)
{
    int numbers[2] = {0, 0};
    pthread_t thread;

    pthread_create(&thread, NULL, add, numbers);
    numbers[1]++;
    pthread_join(thread, NULL);
    printf("%d\n", numbers[1]);
    return 0;
}
