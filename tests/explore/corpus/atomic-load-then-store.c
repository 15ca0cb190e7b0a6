/*
 * A load and a store are two steps, atomic or not. There is no race.
 *
 * can: exit 0 | 2\n
 * can: exit 0 | 1\n
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

static atomic_int counter;

static void *add(void *argument)
{
    counter = counter + 1;
    return argument;
}

int main(void)
{
    pthread_t a, b;

    pthread_create(&a, NULL, add, NULL);
    pthread_create(&b, NULL, add, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    printf("%d\n", counter);
    return 0;
}
