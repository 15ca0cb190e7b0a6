/* Written by heddle tangle from chapters/60-fan-out.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#define _POSIX_C_SOURCE 200809L /* poll */

#include <stdio.h>

#include "items/item-57-fan-out.h"
#include "items/sensor.h"
#include "lib/clock.h"

static struct sensor sensor; /* all cells ask it */

static void *step_cell(void *arg, struct thread_error *error)
{
    struct cell *cell = arg;

    (void)error; /* nothing can go wrong yet */
    cell->next->alive[cell->row][cell->column] =
        life_cell(cell->now, cell->row, cell->column);
    return NULL;
}

static void *wait_and_step(void *arg, struct thread_error *error)
{
    sensor_read(&sensor);
    return step_cell(arg, error);
}

int main(void)
{
    struct life life[5] = {life_glider()};
    struct timespec start = clock_now();
    int err = 0;

    if (!sensor_open(&sensor, 20))
        return 1;
    for (int i = 0; i < 4; i++)
        err |= fan_out(wait_and_step, &life[i], &life[i + 1]);
    printf("180 reads: %.2f s\n", clock_seconds_since(start));
    life_print(life, 5);
    sensor_close(&sensor);
    return err != 0;
}
