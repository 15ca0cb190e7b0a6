/* Written by heddle tangle from chapters/83-queue-inside.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <time.h>

#include "lib/queue.h"

#include "items/item-55-textbook.h"

enum { PAIRS = 2, ITEMS = 2000, ROUNDS = 5 };

static struct queue queue;
static struct textbook textbook;

static void *put_ours(void *arg)
{
    int err = 0;

    for (int i = 0; i < ITEMS; i++)
        err |= queue_put(&queue, &queue, NULL);
    return err == 0 ? arg : &queue;
}

static void *get_ours(void *arg)
{
    int err = 0;
    void *item;

    for (int i = 0; i < ITEMS; i++)
        err |= queue_get(&queue, &item, NULL);
    return err == 0 ? arg : &queue;
}

static void *put_textbook(void *arg)
{
    for (int i = 0; i < ITEMS; i++)
        textbook_put(&textbook, &textbook);
    return arg;
}

static void *get_textbook(void *arg)
{
    for (int i = 0; i < ITEMS; i++)
        textbook_get(&textbook);
    return arg;
}

/* Half of the threads put, the others get; seconds of the processor. */
static double cost_of(void *put(void *), void *get(void *))
{
    pthread_t threads[2 * PAIRS];
    clock_t from = clock();

    for (int i = 0; i < 2 * PAIRS; i++)
        if (pthread_create(&threads[i], NULL, i % 2 ? put : get, NULL) != 0)
            abort();
    for (int i = 0; i < 2 * PAIRS; i++)
        pthread_join(threads[i], NULL);
    return (double)(clock() - from) / CLOCKS_PER_SEC;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

static double median(double list[ROUNDS])
{
    qsort(list, ROUNDS, sizeof list[0], by_value);
    return list[ROUNDS / 2];
}

int main(void)
{
    double ours[ROUNDS], theirs[ROUNDS];

    if (queue_init(&queue, 1) != 0 || textbook_init(&textbook, 1) != 0)
        return 1;
    for (int round = 0; round < ROUNDS; round++) {
        ours[round] = cost_of(put_ours, get_ours);
        theirs[round] = cost_of(put_textbook, get_textbook);
    }
    printf("ours:     cost 1.0\n");
    printf("textbook: cost %.1f\n", median(theirs) / median(ours));
    queue_destroy(&queue);
    free(textbook.ring);
    return 0;
}
