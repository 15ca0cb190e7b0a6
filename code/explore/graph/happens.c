#include "explore/graph/happens.h"

#include <string.h>

typedef uint16_t known[THREADS_MOST];

/* heads: what is known at the releases of the write's own thread that head a
 * sequence to it; message: at all of them (RC11's rs, which has C17's). */
SCRATCH static known heads[EVENTS_MOST], messages[EVENTS_MOST];

/* What each thread has read without acquiring it; knew at its last release fence. */
SCRATCH static known pending[THREADS_MOST], fenced[THREADS_MOST];

static void join(known to, const known from)
{
    for (int i = 0; i < THREADS_MOST; i++)
        if (to[i] < from[i])
            to[i] = from[i];
}

static int own_write_before(const struct graph *graph, int write)
{
    const struct event_node *node = &graph->events[write];
    int before = node->before;

    while (before != NO_EVENT && (graph->events[before].kind != EVENT_WRITE ||
                                  graph->events[before].label.location != node->label.location))
        before = graph->events[before].before;
    return before;
}

static void send(const struct graph *graph, int write, const known now)
{
    const struct event_node *node = &graph->events[write];
    bool releases = order_releases(graph_order(graph, write));
    int own = own_write_before(graph, write);

    memcpy(heads[write], releases ? now : fenced[node->thread], sizeof(known));
    if (own != NO_EVENT)
        join(heads[write], heads[own]);
    memcpy(messages[write], heads[write], sizeof(known));
    if (node->label.kind == LABEL_UPDATE)
        join(messages[write], messages[graph->events[node->before].rf]);
}

static void receive(const struct graph *graph, int read, known now)
{
    const struct event_node *node = &graph->events[read];

    join(order_acquires(graph_order(graph, read)) ? now : pending[node->thread],
         messages[node->rf]);
}

static void fence(const struct graph *graph, int event, known now)
{
    unsigned thread = graph->events[event].thread;

    if (order_acquires(graph_order(graph, event)))
        join(now, pending[thread]);
    if (order_releases(graph_order(graph, event)))
        memcpy(fenced[thread], now, sizeof(known));
}

static void find_one(struct happens *happens, const struct graph *graph, int event)
{
    const struct event_node *node = &graph->events[event];
    uint16_t *now = happens->known[event];

    memset(now, 0, sizeof(known));
    if (node->before != NO_EVENT)
        memcpy(now, happens->known[node->before], sizeof(known));
    now[node->thread] = (uint16_t)(node->index + 1);
    if (node->label.cause != NO_EVENT && node->label.informs)
        join(now, happens->known[node->label.cause]);
    if (node->kind == EVENT_READ)
        receive(graph, event, now);
    else if (node->kind == EVENT_FENCE)
        fence(graph, event, now);
    else if (node->kind == EVENT_WRITE)
        send(graph, event, now);
}

void happens_find(struct happens *happens, const struct graph *graph)
{
    SCRATCH static int16_t order[EVENTS_MOST];

    memset(pending, 0, sizeof pending);
    memset(fenced, 0, sizeof fenced);
    graph_schedule(graph, order);
    for (int i = 0; i < graph->count; i++)
        if (graph->events[order[i]].thread != NO_THREAD) {
            find_one(happens, graph, order[i]);
        } else {
            memset(happens->known[order[i]], 0, sizeof(known));
            memset(messages[order[i]], 0, sizeof(known));
        }
}
