/* Written by heddle tangle from chapters/50-queue.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#include "lib/clock.h"
#include "lib/queue.h"

#include "items/item-55-tell.h"

int main(void)
{
    int one = 1, two = 2, three = 3, four = 4;
    struct timespec deadline;
    struct queue queue;
    void *item;

    if (queue_init(&queue, 2) != 0)
        return 1;
    tell("put 1", queue_try_put(&queue, &one));
    tell("put 2", queue_try_put(&queue, &two));
    tell("put 3", queue_try_put(&queue, &three));
    tell("get", queue_get(&queue, &item, NULL));
    tell("put 3", queue_put(&queue, &three, NULL));
    deadline = clock_after_ms(10);
    tell("put 4", queue_put(&queue, &four, &deadline));
    queue_destroy(&queue);
    return 0;
}
