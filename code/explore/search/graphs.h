/*
 * Exploring by graphs: each run grows one graph to its end, and leaves behind the
 * plans of those that branch off (growth.h). Nothing is remembered but the plans
 * that are still to be run; the last that was left is run first, so there are never
 * many.
 *
 * What a plan leads to has nothing in common with what another one does. So to be
 * explored by several, plans are run from the first on, until there are parts enough:
 * these are the same whoever does it.
 */
#ifndef EXPLORE_SEARCH_GRAPHS_H
#define EXPLORE_SEARCH_GRAPHS_H

#include "explore/search/slot.h"

struct graphs {
    struct sprout *top, *bottom; /* to be run: so many, from the last to the first */
    struct sprout *last;         /* that was next */
    unsigned count;
    unsigned enough; /* when there are so many, nothing is next; 0: never */
    struct slot *slots;
    unsigned long jobs;
    struct sprout **parts;
    unsigned part_count;
    bool tries;  /* some mutex is tried: see graph.h */
    double done; /* of the whole search, from 0 to 1: an estimate (Knuth, 1975) */
};

void graphs_begin(struct graphs *graphs, struct slot *slots, unsigned long jobs);

/* What is next, or false: nothing, before more runs are taken in. */
bool graphs_next(struct graphs *graphs, struct plan *plan);

/* A run has ended: take what it has left. False when all has to begin anew, as now
 * more is known of the program. */
bool graphs_take(struct graphs *graphs, const struct record *run);

/* All that are still to be run are parts now. */
void graphs_split(struct graphs *graphs);

/* Go on with that part alone, from 0 on. */
void graphs_part(struct graphs *graphs, unsigned number);

void graphs_end(struct graphs *graphs);

#endif
