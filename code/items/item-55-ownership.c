/* Written by heddle tangle from chapters/50-queue.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "lib/queue.h"

struct letter {
    int pages;
};

static struct queue queue;

static void *receive(void *arg)
{
    void *item;

    if (queue_get(&queue, &item, NULL) != 0)
        return arg;
    printf("%d pages\n", ((struct letter *)item)->pages);
    free(item); /* ours now */
    return NULL;
}

int main(void)
{
    struct letter *letter = malloc(sizeof *letter);
    pthread_t receiver;
    int err;

    if (letter == NULL || queue_init(&queue, 1) != 0 ||
        pthread_create(&receiver, NULL, receive, NULL) != 0)
        return 1;
    letter->pages = 3;              /* still ours */
    err = queue_put(&queue, letter, NULL);
    /* not ours any more: no line below may touch it */
    pthread_join(receiver, NULL);
    queue_destroy(&queue);
    return err;
}
