/* Written by heddle tangle from chapters/50-queue.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#define _POSIX_C_SOURCE 200809L /* pthread_barrier_wait */

#include <pthread.h>
#include <stdio.h>

#include "lib/worker.h"

struct step {
    int waits_at; /* this picture */
    pthread_barrier_t *all_three;
};

static void *do_step(void *picture, void *context,
                     struct thread_error *error)
{
    struct step *step = context;

    if (*(int *)picture == step->waits_at)
        pthread_barrier_wait(step->all_three);
    (void)error;
    return picture;
}

int main(void)
{
    int pictures[] = {1, 2, 3}, err = 0;
    pthread_barrier_t barrier;
    struct step steps[] = {{3, &barrier}, {2, &barrier}, {1, &barrier}};
    struct queue queues[4];
    struct worker workers[3];

    pthread_barrier_init(&barrier, NULL, 3);
    for (int i = 0; i < 4; i++)
        err |= queue_init(&queues[i], 3);
    for (int i = 0; i < 3; i++)
        err |= workers_start(&workers[i], 1, NULL, do_step, &steps[i],
                             &queues[i], &queues[i + 1]);
    for (int i = 0; i < 3; i++)
        err |= queue_put(&queues[0], &pictures[i], NULL);
    for (int i = 0; i < 3; i++)
        err |= workers_stop(&workers[i], 1, NULL);
    puts("downloading 3, resizing 2, uploading 1: all at once");
    for (int i = 0; i < 4; i++)
        queue_destroy(&queues[i]);
    pthread_barrier_destroy(&barrier);
    return err != 0;
}
