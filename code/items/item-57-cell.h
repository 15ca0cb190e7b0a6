/* Written by heddle tangle from chapters/60-fan-out.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#ifndef ITEMS_CELL_H
#define ITEMS_CELL_H

#include <stddef.h>

#include "items/life.h"

enum { LIFE_CELLS = LIFE_ROWS * LIFE_COLUMNS };

/* One cell, from one generation to the next. */
struct cell {
    const struct life *now;
    struct life *next;
    int row, column;
};

static inline struct cell cell_number(size_t number, const struct life *now,
                                      struct life *next)
{
    return (struct cell){now, next, (int)number / LIFE_COLUMNS,
                         (int)number % LIFE_COLUMNS};
}

#endif
