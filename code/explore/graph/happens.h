/*
 * What happens before what in a graph, by C11's rules.
 */
#ifndef EXPLORE_GRAPH_HAPPENS_H
#define EXPLORE_GRAPH_HAPPENS_H

#include "explore/graph/graph.h"

/* known[e][t]: how many events of thread t happen before e or are e. */
struct happens {
    uint16_t known[EVENTS_MOST][THREADS_MOST];
};

/* Does one happen before the other? Initial writes are before nothing. */
static inline bool happens_before(const struct happens *happens, const struct graph *graph, int one,
                                  int other)
{
    const struct event_node *node = &graph->events[one];

    return node->thread != NO_THREAD && one != other &&
           happens->known[other][node->thread] > node->index;
}

void happens_find(struct happens *happens, const struct graph *graph);

static inline bool order_acquires(memory_order order)
{
    return order == memory_order_acquire || order == memory_order_consume ||
           order == memory_order_acq_rel || order == memory_order_seq_cst;
}

static inline bool order_releases(memory_order order)
{
    return order == memory_order_release || order == memory_order_acq_rel ||
           order == memory_order_seq_cst;
}

#endif
