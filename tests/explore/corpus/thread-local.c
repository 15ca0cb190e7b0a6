/*
 * Each thread counts in a counter of its own.
 *
 * can: exit 0 | 1\n1\n
 */
#include <pthread.h>
#include <stdio.h>

static _Thread_local int counter;

static void *add(void *argument)
{
    counter++;
    printf("%d\n", counter);
    return argument;
}

int main(void)
{
    pthread_t a, b;

    pthread_create(&a, NULL, add, NULL);
    pthread_create(&b, NULL, add, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    return 0;
}
