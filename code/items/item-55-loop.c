/* Written by heddle tangle from chapters/50-queue.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#include <pthread.h>
#include <stdio.h>

#include "lib/queue.h"

static void *develop(void *queue)
{
    void *picture;
    struct queue_loop loop = {.queue = queue};

    while (queue_next(&loop, &picture))
        printf("developed %s\n", (const char *)picture);
    return NULL;
}

int main(void)
{
    static char pictures[3][9] = {"sea", "mountain", "cat"};
    struct queue queue;
    pthread_t thread;
    int err = 0;

    if (queue_init(&queue, 2) != 0 ||
        pthread_create(&thread, NULL, develop, &queue) != 0)
        return 1;
    for (int i = 0; i < 3; i++)
        err |= queue_put(&queue, pictures[i], NULL);
    err |= queue_put(&queue, QUEUE_END, NULL);
    err |= queue_join(&queue, NULL);
    puts("all done");
    pthread_join(thread, NULL);
    queue_destroy(&queue);
    return err;
}
