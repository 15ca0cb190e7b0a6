/*
 * Release sequences (C17, 5.1.2.4p10): which writes a read synchronises with, besides
 * the one that it reads.
 */
#ifndef EXPLORE_GRAPH_SEQUENCE_H
#define EXPLORE_GRAPH_SEQUENCE_H

#include "explore/graph/graph.h"

enum { SEQUENCE_MOST = 31 };

bool graph_is_update(const struct graph *graph, int write);

/* The last write before it, of its thread, to the same atomic; or NO_EVENT. */
int graph_own_write_before(const struct graph *graph, int write);

/*
 * How many of its own thread's writes up to this one are in one release sequence with it.
 * C17's are cut by a store of another thread (5.1.2.4p10). RC11's are not, and by them
 * graphs are consistent; so more races are found than RC11 alone has.
 */
uint8_t graph_sequence(const struct graph *graph, int write);

#endif
