/* Written by heddle tangle from chapters/60-fan-out.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#define _POSIX_C_SOURCE 200809L /* O_CLOEXEC */

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "items/item-57-connections.h"
#include "lib/thread.h"

static void *step_cell(void *arg, struct thread_error *error)
{
    struct cell *cell = arg;
    char data;

    if (read(connection_of(cell), &data, 1) != 1)
        return thread_fail(error, errno, "cell %d,%d has no data",
                           cell->row, cell->column);
    cell->next->alive[cell->row][cell->column] =
        life_cell(cell->now, cell->row, cell->column);
    return NULL;
}

/* How many cells have no next state: their threads failed, or never began. */
static size_t step_all(const struct life *now, struct life *next)
{
    struct cell cells[LIFE_CELLS];
    struct thread threads[LIFE_CELLS];
    struct thread_error error;
    size_t started = 0, failed = 0;
    int err = 0;

    while (started < LIFE_CELLS && err == 0) {
        cells[started] = cell_number(started, now, next);
        err = thread_start(&threads[started], "cell", step_cell,
                           &cells[started]);
        started += err == 0;
    }
    if (err != 0)
        fprintf(stderr, "%zu threads, and no more: %s\n", started,
                strerror(err));
    for (size_t i = 0; i < started; i++)
        if (thread_join(&threads[i], NULL, &error) != 0) {
            fprintf(stderr, "%s: %s\n", error.text, strerror(error.code));
            failed++;
        }
    return failed + (LIFE_CELLS - started);
}

int main(void)
{
    struct life life[2] = {life_glider()};
    size_t failed;

    if (!open_connections())
        return 1;
    failed = step_all(&life[0], &life[1]);
    if (failed > 0) {
        fprintf(stderr,
                "%zu of %d cells failed: there is no next generation\n",
                failed, LIFE_CELLS);
        return 1;
    }
    life_print(life, 2);
    return 0;
}
