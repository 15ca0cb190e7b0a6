/* Written by heddle tangle from chapters/60-fan-out.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#include "items/item-57-cell.h"
#include "lib/thread.h"

/* A thread for every cell. 0 if all ran, and to their ends; in either case
 * none of them runs any more. */
static int fan_out(thread_function *run, const struct life *now,
                   struct life *next)
{
    struct cell cells[LIFE_CELLS];
    struct thread threads[LIFE_CELLS];
    int err = 0;

    for (size_t i = 0; i < LIFE_CELLS; i++) { /* fan-out */
        cells[i] = cell_number(i, now, next);
        err |= thread_start(&threads[i], "cell", run, &cells[i]);
    }
    for (size_t i = 0; i < LIFE_CELLS; i++) /* fan-in */
        err |= thread_join(&threads[i], NULL, NULL);
    return err;
}
