#include "explore/model/clock.h"

void clock_join(struct clock *clock, const struct clock *other)
{
    for (unsigned i = 0; i < THREADS_MOST; i++)
        if (clock->ticks[i] < other->ticks[i])
            clock->ticks[i] = other->ticks[i];
    if (clock->time_ns < other->time_ns)
        clock->time_ns = other->time_ns;
}
