/* Written by heddle tangle from chapters/10-when-concurrency.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#define _POSIX_C_SOURCE 200809L /* poll */
#include <stdio.h>

#include "items/life.h"
#include "items/sensor.h"
#include "lib/clock.h"
#include "lib/thread.h"

static struct sensor sensor;

struct row {
    const struct life *now;
    struct life *next;
    int number;
};

static void *step_row(void *arg, struct thread_error *error)
{
    struct row *row = arg;

    (void)error;
    for (int column = 0; column < LIFE_COLUMNS; column++) {
        sensor_read(&sensor); /* blocks for 2 ms */
        row->next->alive[row->number][column] =
            life_cell(row->now, row->number, column);
    }
    return NULL;
}

static int step(const struct life *now, struct life *next)
{
    struct thread threads[LIFE_ROWS];
    struct row rows[LIFE_ROWS];
    int err = 0;

    for (int row = 0; row < LIFE_ROWS; row++) { /* fan-out */
        rows[row] = (struct row){now, next, row};
        err |= thread_start(&threads[row], "row", step_row, &rows[row]);
    }
    for (int row = 0; row < LIFE_ROWS; row++) /* fan-in */
        err |= thread_join(&threads[row], NULL, NULL);
    return err;
}

/* Negative if a thread could not be started. */
static double run(struct life generations[5])
{
    struct timespec start = clock_now();
    int err = 0;

    for (int i = 0; i < 4; i++)
        err |= step(&generations[i], &generations[i + 1]);
    return err == 0 ? clock_seconds_since(start) : -1;
}

static double best_of_five(struct life generations[5])
{
    double best = run(generations);

    for (int i = 1; i < 5; i++) {
        double seconds = run(generations);

        if (seconds < best)
            best = seconds;
    }
    return best;
}

int main(void)
{
    struct life generations[5] = {life_glider()};
    double best;

    if (!sensor_open(&sensor, 2))
        return 1;
    best = best_of_five(generations);
    printf("180 reads: %.2f s\n", best);
    life_print(generations, 5);
    sensor_close(&sensor);
    return best < 0;
}
