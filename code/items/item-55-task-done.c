/* Written by heddle tangle from chapters/50-queue.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#include <pthread.h>
#include <stdio.h>

#include "lib/queue.h"

struct work {
    struct queue *queue;
    int finished; /* no lock: task_done comes before the return of join */
};

static void *consume(void *arg)
{
    struct work *work = arg;
    struct queue *queue = work->queue;
    void *item;
    int err = 0;

    for (int i = 1; i <= 2; i++) {
        err |= queue_get(queue, &item, NULL);
        printf("consumer working %d\n", i);
        work->finished++;
        err |= queue_task_done(queue);
    }
    return err == 0 ? NULL : work;
}

int main(void)
{
    struct queue queue;
    struct work work = {.queue = &queue};
    pthread_t consumer;
    int err = 0;

    if (queue_init(&queue, 1) != 0 ||
        pthread_create(&consumer, NULL, consume, &work) != 0)
        return 1;
    for (int i = 1; i <= 2; i++) {
        err |= queue_put(&queue, &work, NULL);
        printf("producer put %d\n", i);
    }
    err |= queue_join(&queue, NULL);
    printf("producer done, %d are finished\n",
           work.finished);
    pthread_join(consumer, NULL);
    queue_destroy(&queue);
    return err;
}
