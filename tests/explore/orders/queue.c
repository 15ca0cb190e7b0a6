/*
 * Two items through a queue with room for one: each thread may have to wait, and the
 * word that it sleeps on lies on its stack, where the next one will be.
 */
#include "weakened.h"

#include "lib/queue.c"

#include <stdio.h>
#include <stdlib.h>

enum { ITEMS = 2 };

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
    pthread_t thread;
    void *item;

    if (queue_init(&queue, 1) != 0 || pthread_create(&thread, NULL, produce, NULL) != 0)
        return 1;
    for (int i = 0; i < ITEMS; i++)
        if (queue_get(&queue, &item, NULL) == 0)
            printf("%d", *(int *)item);
    puts("");
    pthread_join(thread, NULL);
    return queue_destroy(&queue);
}
