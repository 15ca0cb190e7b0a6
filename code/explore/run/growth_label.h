/*
 * What a thread asks for, as an event of a graph.
 */
#ifndef EXPLORE_RUN_GROWTH_LABEL_H
#define EXPLORE_RUN_GROWTH_LABEL_H

#include "explore/graph/graph.h"
#include "explore/run/scheduler.h"

/* May add a location to the graph. Ends the run where there is no such event. */
struct label growth_label(struct graph *graph, const struct thread *thread);

_Noreturn void growth_refuse(uintptr_t place, const char *what);

#endif
