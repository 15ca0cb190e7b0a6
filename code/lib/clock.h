/* Written by heddle tangle from chapters/86-library.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
/*
 * clock - moments and deadlines on the clock that never jumps.
 *
 * All of it is CLOCK_MONOTONIC (clock_gettime(2)): nobody can set it, and a
 * reading means something only beside another of the same run of the system.
 * Any thread may call any of it. Nothing here can fail.
 */
#ifndef HEDDLE_CLOCK_H
#define HEDDLE_CLOCK_H

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

#ifdef __cplusplus
extern "C" {
#endif

/* This moment. */
struct timespec clock_now(void);

/*
 * The moment `ms` milliseconds from now: a deadline. A negative `ms` is zero;
 * more than thirty years are thirty years, so that nothing overflows.
 */
struct timespec clock_after_ms(int64_t ms);

/* Seconds from `start` until now. */
double clock_seconds_since(struct timespec start);

/* Has the moment come? At the deadline itself it has. */
bool clock_passed(struct timespec deadline);

#ifdef __cplusplus
}
#endif

#endif
