/*
 * A trace (heddle explore --trace; its form stands in code/explore/trace.c) as
 * threads, steps and waits.
 */
#ifndef HEDDLE_OUTCOMES_TRACE_H
#define HEDDLE_OUTCOMES_TRACE_H

#include "heddle/base/arena.h"
#include "heddle/base/text.h"

struct trace_thread {
    struct span name;
    unsigned begin, end; /* steps: made by its creator, over; end is 0: never */
    unsigned entry;      /* the call that its last step was part of; 0: none */
};

struct trace_step {
    unsigned thread;
    struct span words; /* what it does, as a reader would say it; empty: nothing to see */
    struct span call;  /* of the library, that it is part of; only the first one has words */
    bool old;          /* it reads what another step has overwritten already ... */
    unsigned from;     /* ... and this one had written; 0: it was there at first */
};

/* After step `from` the thread could take no step, until step `to` by `waker`. */
struct trace_wait {
    unsigned thread, from, to, waker; /* to is 0: for ever */
    struct span words;                /* "waits for q->lock", "waits in queue_get" */
};

struct trace {
    struct span program, ending;
    struct trace_thread *threads;
    struct trace_step *steps; /* [1 .. step_count] */
    struct trace_wait *waits;
    size_t thread_count, step_count, wait_count;
};

/* Points into the arena. False when the text is no trace. */
bool trace_read(struct trace *run, struct arena *arena, struct span trace);

#endif
