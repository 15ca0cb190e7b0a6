/* Written by heddle tangle from chapters/50-queue.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#include <pthread.h>
#include <stdio.h>

#include "lib/queue.h"

static void *consume(void *arg)
{
    struct queue *queue = arg;
    void *item;

    while (queue_get(queue, &item, NULL) == 0)
        puts("consumer got it");
    puts("consumer goes home");
    return NULL;
}

int main(void)
{
    struct queue queue;
    pthread_t consumer;
    int err;

    if (queue_init(&queue, 1) != 0 ||
        pthread_create(&consumer, NULL, consume, &queue) != 0)
        return 1;
    err = queue_put(&queue, &queue, NULL);
    puts("producer put it");
    queue_close(&queue);
    puts("producer closed");
    pthread_join(consumer, NULL);
    queue_destroy(&queue);
    return err;
}
