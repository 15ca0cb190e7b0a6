/* Written by heddle tangle from chapters/81-thread-inside.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#define _POSIX_C_SOURCE 200809L /* clock_gettime */

#include "lib/clock.h"

struct timespec clock_now(void)
{
    struct timespec now = {0};

    clock_gettime(CLOCK_MONOTONIC, &now);
    return now;
}

struct timespec clock_after_ms(int64_t ms)
{
    /* thirty years: no time_t is too small, however long the system is up */
    const int64_t most = INT64_C(30) * 366 * 24 * 60 * 60 * 1000;
    struct timespec t = clock_now();

    if (ms < 0)
        ms = 0;
    if (ms > most)
        ms = most;
    t.tv_sec += (time_t)(ms / 1000);
    t.tv_nsec += (long)(ms % 1000) * 1000000;
    if (t.tv_nsec >= 1000000000) {
        t.tv_nsec -= 1000000000;
        t.tv_sec++;
    }
    return t;
}

double clock_seconds_since(struct timespec start)
{
    struct timespec now = clock_now();

    return (double)(now.tv_sec - start.tv_sec) +
           (double)(now.tv_nsec - start.tv_nsec) / 1e9;
}

bool clock_passed(struct timespec deadline)
{
    struct timespec now = clock_now();

    if (now.tv_sec != deadline.tv_sec)
        return now.tv_sec > deadline.tv_sec;
    return now.tv_nsec >= deadline.tv_nsec;
}
