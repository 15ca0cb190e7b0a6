/* Written by heddle tangle from chapters/50-queue.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#include <pthread.h>
#include <stdio.h>

#include "lib/queue.h"

static struct letter {
    int pages;
} letter;

static struct queue queue;

static void *receive(void *arg)
{
    void *item;

    if (queue_get(&queue, &item, NULL) == 0)
        printf("%d pages\n", ((struct letter *)item)->pages);
    return arg;
}

int main(void)
{
    pthread_t receiver;
    int err;

    if (queue_init(&queue, 1) != 0 ||
        pthread_create(&receiver, NULL, receive, NULL) != 0)
        return 1;
    letter.pages = 3;
    err = queue_put(&queue, &letter, NULL);
    letter.pages = 4;               /* wrong: it has gone */
    pthread_join(receiver, NULL);
    queue_destroy(&queue);
    return err;
}
