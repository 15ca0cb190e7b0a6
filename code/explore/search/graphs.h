/*
 * Exploring by graphs: each run grows one graph to its end, and leaves behind the
 * plans of those that branch off (growth.h). Nothing is remembered but the plans
 * that are still to be run; the last that was left is run first, so there are never
 * many.
 */
#ifndef EXPLORE_SEARCH_GRAPHS_H
#define EXPLORE_SEARCH_GRAPHS_H

#include "explore/search/slot.h"

struct graphs {
    struct sprout *top; /* to be run */
    struct slot *slots;
    unsigned long jobs;
    bool tries;  /* some mutex is tried: see graph.h */
    double done; /* of the whole search, from 0 to 1: an estimate (Knuth, 1975) */
};

void graphs_begin(struct graphs *graphs, struct slot *slots, unsigned long jobs);

/* What is next, or false: nothing, before more runs are taken in. */
bool graphs_next(struct graphs *graphs, struct plan *plan);

/* A run has ended: take what it has left. False when all has to begin anew, as now
 * more is known of the program. */
bool graphs_take(struct graphs *graphs, const struct record *run);

void graphs_end(struct graphs *graphs);

#endif
