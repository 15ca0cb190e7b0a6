/* Written by heddle tangle from chapters/60-fan-out.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#include <stdio.h>

#include "items/item-57-fan-out.h"

static pthread_mutex_t counting = PTHREAD_MUTEX_INITIALIZER;
static int living; /* guarded by it */

static void *step_and_count(void *arg, struct thread_error *error)
{
    struct cell *cell = arg;

    (void)error;
    bool lives = life_cell(cell->now, cell->row, cell->column);

    /* mine alone: no lock */
    cell->next->alive[cell->row][cell->column] = lives;

    /* everybody's: a lock */
    pthread_mutex_lock(&counting);
    living += lives;
    pthread_mutex_unlock(&counting);
    return NULL;
}

int main(void)
{
    struct life glider = life_glider(), next;
    int err = fan_out(step_and_count, &glider, &next);

    printf("%d cells live\n", living);
    return err != 0;
}
