/*
 * Vector clocks: what a thread can know of the others (Mattern, "Virtual Time
 * and Global States of Distributed Systems", 1989).
 *
 * ticks[n] counts the steps of thread n that happened before. `time_ns` is
 * virtual time, carried along the same ways: a thread's time moves when it
 * sleeps or a limit passes, and whoever learns of it is at least as late.
 */
#ifndef EXPLORE_MODEL_CLOCK_H
#define EXPLORE_MODEL_CLOCK_H

#include "explore/model/op.h"

struct clock {
    uint32_t ticks[THREADS_MOST];
    int64_t time_ns; /* since the program began */
};

/* `clock` learns all that `other` knows. */
void clock_join(struct clock *clock, const struct clock *other);

/* Did tick `tick` of `thread` happen before what `clock` stands for? */
static inline bool clock_knows(const struct clock *clock, unsigned thread, uint32_t tick)
{
    return tick <= clock->ticks[thread];
}

#endif
