/*
 * Two items through a queue with a lock for each door, where fifteen of sixteen slots
 * are taken: the second put may find it full and have to wait, and the getter goes from
 * what it may take alone to what it has to look for.
 */
#include "weakened.h"

#include "lib/queue.c"

#include <stdio.h>
#include <stdlib.h>

enum { ITEMS = 2, THERE = TWO_DOORS - 1 };

static struct queue queue;
static int letters[ITEMS];

static void *produce(void *arg)
{
    for (int i = 0; i < ITEMS; i++) {
        letters[i] = i + 1;
        if (queue_put(&queue, &letters[i], NULL) != 0)
            abort();
    }
    return arg;
}

int main(void)
{
    static int old[THERE];
    pthread_t thread;
    void *item;

    if (queue_init(&queue, TWO_DOORS) != 0)
        return 1;
    for (int i = 0; i < THERE; i++)
        if (queue_try_put(&queue, &old[i]) != 0)
            abort();
    if (pthread_create(&thread, NULL, produce, NULL) != 0)
        return 1;
    for (int i = 0; i < THERE + ITEMS; i++)
        if (queue_get(&queue, &item, NULL) == 0 && i >= THERE)
            printf("%d", *(int *)item);
    puts("");
    pthread_join(thread, NULL);
    return queue_destroy(&queue);
}
