/*
 * A member of a local struct that a thread was given: both increment it, and one
 * increment may be lost.
 *
 * races: memory
 * toy: no, the stack of main is its own there
 * can: exit 0 | 1\n
 * can: exit 0 | 2\n
 */
#include <pthread.h>
#include <stdio.h>

struct pair {
    int first, second;
};

static void *add(void *argument)
{
    struct pair *pair = argument;

    pair->second++;
    return NULL;
}

int main(void)
{
    struct pair pair = {0, 0};
    pthread_t thread;

    pthread_create(&thread, NULL, add, &pair);
    pair.second++;
    pthread_join(thread, NULL);
    printf("%d\n", pair.second);
    return 0;
}
