/*
 * The library's queue with room for one: queue-crew PRODUCERS CONSUMERS ITEMS.
 * It prints how often each item was got. The threads share nothing but the
 * queue, so that there are no other schedules than those of the queue.
 */
#include <stdio.h>

#include "crew.h"
#include "lib/queue.h"

enum { MOST = 8 };

static struct queue queue;
static int producers, consumers, count;
static int items[MOST], got[MOST]; /* plain: twice the same would be a race */

static void *produce(void *argument)
{
    for (int i = crew_number(argument); i < count; i += producers)
        if (queue_put(&queue, &items[i], NULL) != 0)
            abort();
    return NULL;
}

static void *consume(void *argument)
{
    void *item;

    while (queue_get(&queue, &item, NULL) == 0)
        got[(int *)item - items]++;
    return argument;
}

int main(int argc, char **argv)
{
    pthread_t crew[2 * MOST];

    if (argc != 4 || queue_init(&queue, 1) != 0)
        return 2;
    producers = atoi(argv[1]);
    consumers = atoi(argv[2]);
    count = atoi(argv[3]);
    for (int i = 0; i < producers + consumers; i++)
        pthread_create(&crew[i], NULL, i < producers ? produce : consume, (void *)(intptr_t)i);
    for (int i = 0; i < producers; i++)
        pthread_join(crew[i], NULL);
    queue_close(&queue);
    for (int i = producers; i < producers + consumers; i++)
        pthread_join(crew[i], NULL);
    for (int i = 0; i < count; i++)
        printf("%d", got[i]);
    printf("\n");
    return queue_destroy(&queue);
}
