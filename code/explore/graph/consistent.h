/*
 * Memory models as predicates on graphs, whole or growing.
 *
 * SC: one order of all events agrees with po, rf and co. TSO: the same for what
 * x86's store buffers keep of po (Owens, Sarkar, Sewell, TPHOLs 2009), where C
 * is mapped as compilers do: a seq_cst store empties the buffer behind it, a
 * seq_cst fence, an update or a library's call before it. RC11: Lahav,
 * Vafeiadis, Kang, Hur, Dreyer, "Repairing Sequential Consistency in C/C++11",
 * PLDI 2017, with the release sequences of that paper: they have C17's, and another
 * thread's store in between does not cut them. Races are judged by C17's.
 *
 * Of all three it holds: a consistent graph has no cycle in po U rf; what is
 * left of it, closed under these, is consistent; and any next event can be
 * added, a read of the last write in co or a write behind that. trust.h rests
 * on these.
 */
#ifndef EXPLORE_GRAPH_CONSISTENT_H
#define EXPLORE_GRAPH_CONSISTENT_H

#include "explore/graph/graph.h"

bool graph_is_consistent(const struct graph *graph, enum memory memory);

#endif
