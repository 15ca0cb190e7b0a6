/*
 * Plans that a run leaves behind: what another run has to do to come to a graph
 * that this one does not go on with.
 */
#ifndef EXPLORE_RUN_SPROUT_H
#define EXPLORE_RUN_SPROUT_H

#include "explore/graph/graph.h"

/* In a plan's `kinds`, above the label's kind, how long the release sequence is. */
enum { KIND_BITS = 3 };

/* Leave a plan that ends with this graph. The halves of an update are one step; initial
 * writes are none. `length` is the run's own graph's where this one branched off. */
void sprout_leave(const struct graph *graph, int length);

/* Which of the ways to go on the event was, when only the events of `laid` stood there. */
uint8_t sprout_alternative(const struct graph *graph, int event, const struct set *laid);

#endif
