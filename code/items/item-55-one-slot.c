/* Written by heddle tangle from chapters/50-queue.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#include <pthread.h>
#include <stdio.h>

#include "lib/queue.h"

static void *consume(void *arg)
{
    struct queue *queue = arg;
    void *item;
    int err = 0;

    puts("consumer waiting");
    err |= queue_get(queue, &item, NULL);
    puts("consumer got 1");
    err |= queue_get(queue, &item, NULL);
    puts("consumer got 2");
    return err == 0 ? NULL : queue;
}

int main(void)
{
    struct queue queue;
    pthread_t consumer;
    int first = 1, second = 2, err = 0;

    if (queue_init(&queue, 1) != 0 ||
        pthread_create(&consumer, NULL, consume, &queue) != 0) {
        fputs("cannot start the consumer\n", stderr);
        return 1;
    }
    puts("producer putting");
    err |= queue_put(&queue, &first, NULL);
    puts("producer put 1");
    err |= queue_put(&queue, &second, NULL);
    puts("producer put 2");
    pthread_join(consumer, NULL);
    queue_destroy(&queue);
    return err;
}
