/*
 * A trace (heddle explore --trace; its form stands in code/explore/trace.c) as
 * threads, steps and waits.
 */
#ifndef HEDDLE_RUN_H
#define HEDDLE_RUN_H

#include "heddle/base/arena.h"
#include "heddle/base/text.h"

struct run_thread {
    struct span name;
    unsigned begin, end;        /* steps: made by its creator, over; end is 0: never */
    unsigned entry;             /* the call that its last step was part of; 0: none */
};

struct run_step {
    unsigned thread;
    struct span words;          /* what it does, as a reader would say it; empty: nothing to see */
    struct span call;           /* of the library, that it is part of; only the first one has words */
};

/* After step `from` the thread could take no step, until step `to` by `waker`. */
struct run_wait {
    unsigned thread, from, to, waker;   /* to is 0: for ever */
    struct span words;          /* "waits for q->lock", "waits in queue_get" */
};

struct run {
    struct span program, ending;
    struct run_thread *threads;
    struct run_step *steps;     /* [1 .. step_count] */
    struct run_wait *waits;
    size_t thread_count, step_count, wait_count;
};

/* Points into the arena. False when the text is no trace. */
bool run_read(struct run *run, struct arena *arena, struct span trace);

#endif
