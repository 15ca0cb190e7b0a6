/* Written by heddle tangle from chapters/60-fan-out.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#define _POSIX_C_SOURCE 200809L /* poll */

#include <stdio.h>

#include "items/item-57-crew.h"
#include "items/sensor.h"
#include "lib/clock.h"

static struct sensor sensor; /* all cells ask it */

static void wait_and_step(void *arg, size_t number)
{
    sensor_read(&sensor);
    step_number(arg, number);
}

int main(void)
{
    struct life life[5] = {life_glider()};
    struct step steps[4];
    struct timespec start = clock_now();
    struct crew crew;

    for (int i = 0; i < 4; i++)
        steps[i] = (struct step){&life[i], &life[i + 1]};
    if (!sensor_open(&sensor, 20) || crew_start(&crew, 9) != 0) {
        fputs("item-57-crew: no room for one thread\n", stderr);
        return 1;
    }
    for (int i = 0; i < 4; i++)
        crew_run(&crew, wait_and_step, &steps[i], LIFE_CELLS);
    printf("180 reads: %.2f s\n", clock_seconds_since(start));
    life_print(life, 5);
    sensor_close(&sensor);
    return crew_stop(&crew) != 0;
}
