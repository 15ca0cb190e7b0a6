/*
 * The library's queue with room for one: two producers of three items in all,
 * two consumers. Every item that was put is got once, in every schedule.
 */
#include <stdatomic.h>
#include <stdio.h>

#include "crew.h"
#include "lib/queue.h"

enum { PRODUCERS = 2, CONSUMERS = 2, ITEMS = 3 };

static struct queue queue;
static int items[ITEMS];
static _Atomic int next_item, put, got[ITEMS];

static void produce(void)
{
    int item;

    while ((item = next_item++) < ITEMS)
        if (queue_put(&queue, &items[item], NULL) == 0 && ++put == ITEMS)
            queue_close(&queue);
}

static void consume(void)
{
    void *item;

    while (queue_get(&queue, &item, NULL) == 0)
        got[(int *)item - items]++;
}

static void *run(void *argument)
{
    if (crew_number(argument) < PRODUCERS)
        produce();
    else
        consume();
    return NULL;
}

int main(void)
{
    if (queue_init(&queue, 1) != 0)
        return 2;
    crew_run(run, PRODUCERS + CONSUMERS);
    printf("got %d %d %d\n", got[0], got[1], got[2]);
    queue_destroy(&queue);
    return 0;
}
