/*
 * A state graph as JSON, on one line, the same to the byte every time. The
 * format is described in write.c.
 */
#ifndef EXPLORE_STATES_WRITE_H
#define EXPLORE_STATES_WRITE_H

#include <stdio.h>

#include "explore/states/state_graph.h"

void state_graph_write(const struct state_graph *graph, FILE *out);

/* ... and in its place, where graph->fault says why there is none. */
void state_graph_write_none(const struct state_graph *graph, FILE *out);

#endif
