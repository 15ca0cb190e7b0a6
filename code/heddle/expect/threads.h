/*
 * An output by threads: each line's first word names one, and each thread's
 * lines are in order whatever the others print between them.
 */
#ifndef HEDDLE_EXPECT_THREADS_H
#define HEDDLE_EXPECT_THREADS_H

#include "heddle/expect/output_lines.h"

/* Some lines of a promise, in order, and the output that shall be these. */
struct expect_thread {
    struct span thread;
    const struct expect_line **lines;
    size_t count;
    struct output_lines printed;
};

/* One thread a thread of the promise or of the output, in order of appearance,
 * the promise's first. */
struct expect_threads {
    struct expect_thread *list;
    size_t count;
    size_t promised;                  /* how many of them the promise has */
    const struct expect_line **lines; /* what the threads point into */
    struct span *printed_lines;
};

struct expect_threads expect_threads_split(const struct expect *expect,
                                           const struct output_lines *printed);
void expect_threads_free(struct expect_threads *threads);

/* `...` takes what the lines around it leave. */
bool expect_thread_matches(const struct expect_thread *thread);

#endif
