/* Written by heddle tangle from chapters/50-queue.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/worker.h"

enum { PICTURES = 1000, PICTURE_SIZE = 16384 };

static atomic_int in_flight, most;

/* A new picture is in memory. */
static void *download(void *item, void *context, struct thread_error *error)
{
    void *picture = malloc(PICTURE_SIZE);
    int now, before = atomic_load(&most);

    (void)item, (void)context;
    if (picture == NULL)
        return thread_fail(error, ENOMEM, "no memory for a picture");
    now = atomic_fetch_add(&in_flight, 1) + 1;
    while (before < now && !atomic_compare_exchange_weak(&most, &before, now))
        continue;
    return picture;
}

static void *resize(void *item, void *context, struct thread_error *error)
{
    (void)context, (void)error;
    return memset(item, 0, PICTURE_SIZE);
}

static void *upload(void *item, void *gate, struct thread_error *error)
{
    pthread_mutex_lock(gate); /* closed until everything is stuck */
    pthread_mutex_unlock(gate);
    (void)error;
    free(item);
    atomic_fetch_sub(&in_flight, 1);
    return NULL;
}

/* Two queues with room for n between three workers: no more than 2n + 3
 * pictures. The gate stays shut until `expected` are there. */
static int run(const char *name, size_t room, int expected)
{
    static int order; /* to download a picture, any picture */
    pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
    worker_function *steps[] = {download, resize, upload};
    struct queue queues[3];
    struct worker workers[3];
    int err = queue_init(&queues[0], QUEUE_UNBOUNDED);

    atomic_store(&most, 0);
    pthread_mutex_lock(&gate);
    for (int i = 1; i < 3; i++)
        err |= queue_init(&queues[i], room);
    for (int i = 0; i < 3; i++)
        err |= workers_start(&workers[i], 1, NULL, steps[i], &gate,
                             &queues[i], i < 2 ? &queues[i + 1] : NULL);
    for (int i = 0; i < PICTURES; i++)
        err |= queue_put(&queues[0], &order, NULL);
    while (err == 0 && atomic_load(&in_flight) < expected)
        sched_yield();
    pthread_mutex_unlock(&gate);
    for (int i = 0; i < 3; i++)
        err |= workers_stop(&workers[i], 1, NULL);
    printf("%s: at most %d of %d\n", name, atomic_load(&most), PICTURES);
    for (int i = 0; i < 3; i++)
        err |= queue_destroy(&queues[i]);
    return err;
}

int main(void)
{
    int err = run("room for four", 4, 11);

    err |= run("room for sixty-four", 64, 131);
    err |= run("unbounded", QUEUE_UNBOUNDED, PICTURES);
    return err;
}
