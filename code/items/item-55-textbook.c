/* Written by heddle tangle from chapters/83-queue-inside.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#include <stdio.h>

#include "items/item-55-textbook.h"

static void *consume(void *queue)
{
    for (int i = 1; i <= 2; i++) {
        textbook_get(queue);
        printf("consumer got %d\n", i);
        textbook_task_done(queue);
    }
    return NULL;
}

int main(void)
{
    struct textbook queue;
    pthread_t consumer;

    if (textbook_init(&queue, 1) != 0 ||
        pthread_create(&consumer, NULL, consume, &queue) != 0)
        return 1;
    for (int i = 1; i <= 2; i++) {
        textbook_put(&queue, &queue);
        printf("producer put %d\n", i);
    }
    textbook_join(&queue);
    pthread_join(consumer, NULL);
    free(queue.ring);
    return 0;
}
