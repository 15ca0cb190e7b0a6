/* Written by heddle tangle from chapters/10-when-concurrency.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
/*
 * life - Conway's Game of Life on a small grid whose edges meet.
 *
 * Any number of threads may read one generation, and write different cells of
 * the next: each cell is an object of its own (C17, 3.14, memory location).
 */
#ifndef ITEMS_LIFE_H
#define ITEMS_LIFE_H

#include <stdbool.h>
#include <stdio.h>

enum { LIFE_ROWS = 5, LIFE_COLUMNS = 9 };

struct life {
    bool alive[LIFE_ROWS][LIFE_COLUMNS];
};

/* It walks down and to the right, one cell in four generations. */
static inline struct life life_glider(void)
{
    return (struct life){.alive = {[0][3] = true,
                                   [1][4] = true,
                                   [2][2] = true,
                                   [2][3] = true,
                                   [2][4] = true}};
}

/* Beyond each edge lies the opposite one. */
static inline bool life_at(const struct life *now, int row, int column)
{
    return now->alive[(row + LIFE_ROWS) % LIFE_ROWS]
                     [(column + LIFE_COLUMNS) % LIFE_COLUMNS];
}

static inline int life_neighbours(const struct life *now, int row, int column)
{
    int count = -life_at(now, row, column); /* a cell is not its neighbour */

    for (int down = -1; down <= 1; down++)
        for (int right = -1; right <= 1; right++)
            count += life_at(now, row + down, column + right);
    return count;
}

/* Three neighbours make a cell live; two let it live on. */
static inline bool life_logic(bool alive, int neighbours)
{
    return neighbours == 3 || (alive && neighbours == 2);
}

/* What the cell will be in the next generation. Only reads `now`. */
static inline bool life_cell(const struct life *now, int row, int column)
{
    return life_logic(life_at(now, row, column),
                      life_neighbours(now, row, column));
}

static inline struct life life_next(const struct life *now)
{
    struct life next;

    for (int row = 0; row < LIFE_ROWS; row++)
        for (int column = 0; column < LIFE_COLUMNS; column++)
            next.alive[row][column] = life_cell(now, row, column);
    return next;
}

/* Side by side, and numbered from 0. */
static inline void life_print(const struct life generations[], int count)
{
    for (int i = 0; i < count; i++)
        printf("%*d", i == 0 ? LIFE_COLUMNS / 2 + 1 : LIFE_COLUMNS + 3, i);
    putchar('\n');
    for (int row = 0; row < LIFE_ROWS; row++) {
        for (int i = 0; i < count; i++) {
            printf("%s", i == 0 ? "" : "   ");
            for (int column = 0; column < LIFE_COLUMNS; column++)
                putchar(generations[i].alive[row][column] ? 'O' : '.');
        }
        putchar('\n');
    }
}

#endif
