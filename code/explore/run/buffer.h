/*
 * Store buffers, as x86 has them (Owens, Sarkar, Sewell, "A Better x86 Memory
 * Model: x86-TSO", TPHOLs 2009): a store waits in its thread's buffer and comes
 * out at some time, in its turn; the thread itself sees it at once, the others
 * when it has come out.
 *
 * Exploring needs none, as it judges graphs (graph/consistent.h). They are for the
 * state graph of a program under TSO, where that a store comes out is a step.
 * Elsewhere all buffers are empty.
 */
#ifndef EXPLORE_RUN_BUFFER_H
#define EXPLORE_RUN_BUFFER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "explore/model/record.h"

enum { BUFFER_MOST = 16 };

struct waiting_store {
    uintptr_t at, place;
    uint32_t size; /* in bytes, at most 8 */
    uint64_t value;
};

struct buffer {
    unsigned count;
    struct waiting_store list[BUFFER_MOST]; /* the oldest first */
};

struct thread;

/* Has this run such buffers? */
bool buffer_is_on(void);

/* Will the thread's next step, if it comes out in that way, be that its oldest
 * store comes out? What may go first says request.passes. */
bool buffer_comes_out(const struct thread *thread, unsigned alternative);

/* In how many ways the thread's next step may come out because of its buffer. */
unsigned buffer_alternatives(const struct thread *thread);

/* That step: which store it is. */
struct op buffer_op(const struct thread *thread);

/* The running thread's step was that: it is in memory from now on. */
void buffer_flush(struct event *event);

/* The running thread stores; ends the run when there is no room. */
void buffer_put(const struct waiting_store *store);

/* What it would read there of its own: false when that is memory's. */
bool buffer_get(uintptr_t at, size_t size, uint64_t *value);

#endif
