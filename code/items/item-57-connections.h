/* Written by heddle tangle from chapters/60-fan-out.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#include <fcntl.h>
#include <stdbool.h>
#include <unistd.h>

#include "items/item-57-cell.h"

static int connections[LIFE_CELLS];

/* All cells have data but one in the middle of the glider. */
static inline bool open_connections(void)
{
    int fd = open("/dev/zero", O_RDONLY | O_CLOEXEC);

    for (size_t i = 0; i < LIFE_CELLS; i++)
        connections[i] = fd;
    connections[2 * LIFE_COLUMNS + 3] = -1;
    return fd >= 0;
}

static inline int connection_of(const struct cell *cell)
{
    return connections[cell->row * LIFE_COLUMNS + cell->column];
}
