/* Written by heddle tangle from chapters/30-threads.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#define _POSIX_C_SOURCE 200809L /* poll */
#include <stdio.h>

#include "items/sensor.h"
#include "lib/clock.h"
#include "lib/thread.h"

static struct sensor sensor;

static void *slow_call(void *arg, struct thread_error *error)
{
    (void)arg, (void)error;
    sensor_read(&sensor); /* blocks for 100 ms */
    return NULL;
}

static double one_after_another(void)
{
    struct timespec start = clock_now();
    struct thread_error error;

    for (int i = 0; i < 5; i++)
        slow_call(NULL, &error);
    return clock_seconds_since(start);
}

/* Negative if they cannot be started. */
static double in_five_threads(void)
{
    struct timespec start = clock_now();
    struct thread threads[5];
    int err = 0;

    for (int i = 0; i < 5; i++) /* fan-out */
        err |= thread_start(&threads[i], "wait", slow_call, NULL);
    for (int i = 0; i < 5; i++) /* fan-in */
        err |= thread_join(&threads[i], NULL, NULL);
    return err == 0 ? clock_seconds_since(start) : -1;
}

int main(void)
{
    double best = 1e9;

    if (!sensor_open(&sensor, 100))
        return 1;
    printf("one after another: %.2f s\n", one_after_another());
    for (int i = 0; i < 5 && best > 0.2; i++) { /* not disturbed */
        double seconds = in_five_threads();

        if (seconds < best)
            best = seconds;
    }
    printf("five threads: %.2f s\n", best);
    sensor_close(&sensor);
    return 0;
}
