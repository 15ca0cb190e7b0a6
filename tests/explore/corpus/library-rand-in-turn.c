/*
 * rand has a lock of its own, so nothing races, but who comes first matters.
 *
 * can: exit 0 | 1\n
 * can: exit 0 | 0\n
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

static int first;

static void *other(void *argument)
{
    rand();
    return argument;
}

int main(void)
{
    pthread_t thread;

    int mine;
    pthread_create(&thread, NULL, other, NULL);
    mine = rand();
    pthread_join(thread, NULL);
    srand(1);
    first = rand();
    printf("%d\n", mine == first);
    return 0;
}
