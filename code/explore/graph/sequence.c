#include "explore/graph/sequence.h"

bool graph_is_update(const struct graph *graph, int write)
{
    return graph->events[write].label.kind == LABEL_UPDATE;
}

/* Are all writes between the two, of one thread, updates or its own? */
static bool is_one_sequence(const struct graph *graph, int first, int last)
{
    int write = graph->events[first].next;

    while (write != NO_EVENT && write != last &&
           (graph_is_update(graph, write) ||
            graph->events[write].thread == graph->events[last].thread))
        write = graph->events[write].next;
    return write == last;
}

int graph_own_write_before(const struct graph *graph, int write)
{
    int before = graph->events[write].before;

    while (before != NO_EVENT &&
           (graph->events[before].kind != EVENT_WRITE ||
            graph->events[before].label.location != graph->events[write].label.location))
        before = graph->events[before].before;
    return before;
}

uint8_t graph_sequence(const struct graph *graph, int write)
{
    uint8_t count = 1;

    for (int own = write;
         (own = graph_own_write_before(graph, own)) != NO_EVENT && count < SEQUENCE_MOST;)
        if (is_one_sequence(graph, own, write))
            count++;
        else
            break;
    return count;
}
