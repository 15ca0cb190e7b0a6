/*
 * Two threads add one to a plain counter. Each add is a read and a write, so
 * the second may read before the first has written.
 *
 * can: exit 0 | 2\n
 * can: exit 0 | 1\n
 * races: counter
 */
#include <pthread.h>
#include <stdio.h>

static int counter;

static void *add(void *argument)
{
    counter++;
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
