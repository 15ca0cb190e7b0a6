/* Written by heddle tangle from chapters/50-queue.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#include "lib/queue.h"

#include "items/item-55-tell.h"

int main(void)
{
    int one = 1, two = 2, three = 3;
    struct queue queue;
    void *item;

    if (queue_init(&queue, 2) != 0)
        return 1;
    tell("put 1", queue_put(&queue, &one, NULL));
    tell("put 2", queue_put(&queue, &two, NULL));
    queue_close(&queue);
    tell("put 3", queue_put(&queue, &three, NULL));
    tell("get", queue_get(&queue, &item, NULL));
    tell("get", queue_get(&queue, &item, NULL));
    tell("get", queue_get(&queue, &item, NULL));
    tell("get", queue_get(&queue, &item, NULL));
    queue_destroy(&queue);
    return 0;
}
