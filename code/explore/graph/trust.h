/*
 * The search through all graphs of a program, one step of it: TruSt
 * (Kokologiannakis, Marmanis, Gladstein, Vafeiadis, "Truly Stateless, Optimal
 * Dynamic Partial Order Reduction", POPL 2022).
 *
 * A graph grows by the next event of one thread (trust_before chooses which). A
 * read tries each write that is there; a write tries each place in co, and is
 * also given to reads that are there already: such a revisit deletes what was added
 * behind the read, but for what the write itself follows from. The same smaller
 * graph would come out of many that differ in what was deleted; it counts only if
 * that, and the read, was added maximally: each read of the last write in co, each
 * write behind it. Consistent graphs can always be extended so, in one way: hence
 * nothing is missed and nothing visited twice, and what comes next depends on the
 * graph alone. No visit is remembered.
 */
#ifndef EXPLORE_GRAPH_TRUST_H
#define EXPLORE_GRAPH_TRUST_H

#include "explore/graph/consistent.h"

struct trust {
    enum memory memory;

    /* A consistent graph to go on from. `forward`: it is the given one, with the new
     * event behind it. The graph is the callee's to read until it returns. */
    void (*child)(void *context, const struct graph *graph, bool forward);
    void *context;
};

/* All children of `graph` by the event that `thread` asks for. A choice has as many
 * ways as its operand says. `graph` has room. */
void trust_extend(const struct trust *trust, const struct graph *graph, unsigned thread,
                  const struct label *label);

/* Is the first event to be added earlier than the other? A read that would have its
 * thread wait comes late: by then what it waits for may be there. */
bool trust_before(const struct graph *graph, unsigned thread, const struct label *label,
                  unsigned other_thread, const struct label *other);

/* Will a thread that waits, having read this, see anything new if it looks again? */
bool trust_is_stuck(const struct graph *graph, int read);

#endif
