/*
 * The partial order in which seq_cst events must agree: RC11's psc.
 */
#ifndef EXPLORE_GRAPH_PSC_H
#define EXPLORE_GRAPH_PSC_H

#include "explore/graph/happens.h"

bool psc_is_acyclic(const struct graph *graph, const struct happens *happens);

#endif
