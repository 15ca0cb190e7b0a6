/* Written by heddle tangle from chapters/60-fan-out.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#define _POSIX_C_SOURCE 200809L /* O_CLOEXEC */

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "items/item-57-connections.h"

static void *step_cell(void *arg)
{
    struct cell *cell = arg;
    char data;

    if (read(connection_of(cell), &data, 1) != 1)
        return NULL; /* errno says why. To whom? */
    cell->next->alive[cell->row][cell->column] =
        life_cell(cell->now, cell->row, cell->column);
    return NULL;
}

int main(void)
{
    struct life life[2] = {life_glider()};
    struct cell cells[LIFE_CELLS];
    pthread_t threads[LIFE_CELLS];
    int errors = 0;

    if (!open_connections())
        return 1;
    errno = 0;
    for (size_t i = 0; i < LIFE_CELLS; i++) {
        cells[i] = cell_number(i, &life[0], &life[1]);
        if (pthread_create(&threads[i], NULL, step_cell, &cells[i]) != 0)
            exit(1); /* not return: threads use our arrays */
    }
    for (size_t i = 0; i < LIFE_CELLS; i++)
        errors += pthread_join(threads[i], NULL) != 0;
    printf("errors: %d, errno: %d\n", errors, errno);
    life_print(life, 2);
    return 0;
}
