/*
 * Virtual time: nothing ever takes time but a sleep, or a limit that passes.
 * Each thread has a time of its own, which is never before that of anything
 * it has heard of (see clock.h); so reading the clock is no operation.
 */
#ifndef EXPLORE_RUN_VIRTUAL_TIME_H
#define EXPLORE_RUN_VIRTUAL_TIME_H

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

/* What a clock shows at a moment, and the moment when it shows that. */
struct timespec time_shown(clockid_t clock, int64_t time_ns);
int64_t time_meant(clockid_t clock, const struct timespec *shown);

/* A limit can be told by these only. */
bool time_is_limit_of(clockid_t clock);

/* POSIX refuses nanoseconds outside of 0..999999999. */
bool time_is_valid(const struct timespec *time);

/* The running thread's time is at least this. */
void time_pass(int64_t time_ns);

#endif
