/* Written by heddle tangle from chapters/10-when-concurrency.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#define _POSIX_C_SOURCE 200809L /* CLOCK_THREAD_CPUTIME_ID, poll */
#include <stdio.h>
#include <time.h>

#include "items/life.h"
#include "items/sensor.h"
#include "lib/clock.h"

static struct sensor sensor;

static bool next_state(const struct life *now, int row, int column)
{
    sensor_read(&sensor); /* blocks for 2 ms */
    return life_cell(now, row, column);
}

static double percent_computing(double passed)
{
    struct timespec on_a_core;

    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &on_a_core);
    return 100 * ((double)on_a_core.tv_sec + (double)on_a_core.tv_nsec / 1e9) /
           passed;
}

static void step(const struct life *now, struct life *next)
{
    for (int row = 0; row < LIFE_ROWS; row++)
        for (int column = 0; column < LIFE_COLUMNS; column++)
            next->alive[row][column] = next_state(now, row, column);
}

int main(void)
{
    struct timespec start = clock_now();
    struct life generations[5] = {life_glider()};
    double passed;

    if (!sensor_open(&sensor, 2))
        return 1;
    for (int i = 0; i < 4; i++)
        step(&generations[i], &generations[i + 1]);
    passed = clock_seconds_since(start);
    printf("180 reads: %.2f s\n", passed);
    printf("computing: %.0f %% of it\n", percent_computing(passed));
    sensor_close(&sensor);
    return 0;
}
