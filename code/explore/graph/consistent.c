#include "explore/graph/consistent.h"

#include "explore/graph/happens.h"
#include "explore/graph/psc.h"

static bool has_location(const struct graph *graph, int event)
{
    return graph->events[event].kind == EVENT_READ || graph->events[event].kind == EVENT_WRITE;
}

/* Coherence ------------------------------------------------------------------- */

/* Where each write stands in co; a read stands where the write it reads does. */
SCRATCH static int16_t place[EVENTS_MOST];

static void find_places(const struct graph *graph)
{
    for (int i = 0; i < graph->locations; i++) {
        int16_t count = 0;

        for (int write = graph->initial[i]; write != NO_EVENT; write = graph->events[write].next)
            place[write] = count++;
    }
    for (int i = 0; i < graph->count; i++)
        if (graph->events[i].kind == EVENT_READ)
            place[i] = place[graph->events[i].rf];
}

/* Nothing comes in co between the write that an update has read and its own. */
static bool is_atomic(const struct graph *graph)
{
    for (int i = 0; i < graph->count; i++) {
        const struct event_node *node = &graph->events[i];

        if (node->kind == EVENT_WRITE && node->label.kind == LABEL_UPDATE &&
            place[i] != place[node->before] + 1)
            return false;
    }
    return true;
}

/* `first` comes before `second` in a thread, or happens before: may they stand so? */
static bool agrees(const struct graph *graph, int first, int second)
{
    if (graph->events[second].kind == EVENT_WRITE)
        return place[first] < place[second];
    return place[first] <= place[second];
}

static bool is_on(const struct graph *graph, int event, uint16_t location)
{
    return has_location(graph, event) && graph->events[event].label.location == location;
}

/* A failed attempt is no behaviour: it must not constrain what is before it. */
static bool has_place(const struct graph *graph, int event)
{
    return graph->events[event].thread != NO_THREAD && has_location(graph, event) &&
           !graph_is_failed_attempt(graph, event);
}

/* Each thread goes on in co. */
static bool is_coherent_in_threads(const struct graph *graph)
{
    for (int i = 0; i < graph->count; i++) {
        int before = graph->events[i].before;

        if (!has_place(graph, i))
            continue;
        while (before != NO_EVENT && !is_on(graph, before, graph->events[i].label.location))
            before = graph->events[before].before;
        if (before != NO_EVENT && !agrees(graph, before, i))
            return false;
    }
    return true;
}

/* The last event on the event's location that the thread has done before it; as the
 * thread itself goes on in co, that one is enough. */
static int last_before(const struct graph *graph, const struct happens *happens, unsigned thread,
                       int event)
{
    int last = graph->last[thread];
    int count = happens->known[event][thread];

    while (last != NO_EVENT && (graph->events[last].index >= count || last == event ||
                                !is_on(graph, last, graph->events[event].label.location)))
        last = graph->events[last].before;
    return last;
}

static bool is_coherent(const struct graph *graph, const struct happens *happens)
{
    for (int i = 0; i < graph->count; i++)
        for (unsigned thread = 0; thread < THREADS_MOST && has_place(graph, i); thread++) {
            int last = graph->last[thread] != NO_EVENT && happens->known[i][thread] > 0
                           ? last_before(graph, happens, thread, i)
                           : NO_EVENT;

            if (last != NO_EVENT && !agrees(graph, last, i))
                return false;
        }
    return true;
}

/* The models ------------------------------------------------------------------ */

SCRATCH static struct relation order;

/* rf, the next in co, and fr to the next behind what is read. */
static void add_communication(const struct graph *graph, bool own_reads)
{
    for (int i = 0; i < graph->count; i++) {
        const struct event_node *node = &graph->events[i];

        if (node->label.cause != NO_EVENT)
            set_add(&order.rows[node->label.cause], i);
        if (node->kind == EVENT_WRITE && node->next != NO_EVENT)
            set_add(&order.rows[i], node->next);
        if (node->kind != EVENT_READ)
            continue;
        if (own_reads || graph->events[node->rf].thread != node->thread)
            set_add(&order.rows[node->rf], i);
        if (graph->events[node->rf].next != NO_EVENT && !graph_is_failed_attempt(graph, i))
            set_add(&order.rows[i], graph->events[node->rf].next);
    }
}

static bool is_sc(const struct graph *graph)
{
    relation_clear(&order, graph->count);
    for (int i = 0; i < graph->count; i++)
        if (graph->events[i].before != NO_EVENT)
            set_add(&order.rows[graph->events[i].before], i);
    add_communication(graph, true);
    return relation_is_acyclic(&order);
}

/* Is the store buffer empty there? */
static bool drains(const struct graph *graph, int event)
{
    const struct event_node *node = &graph->events[event];

    return node->label.call ||
           (node->kind == EVENT_FENCE && node->label.order == memory_order_seq_cst);
}

/* Do they stay in order, whatever is between them? */
static bool keeps(const struct graph *graph, int first, int second)
{
    const struct event_node *a = &graph->events[first], *b = &graph->events[second];

    if (drains(graph, first) || drains(graph, second) || a->kind == EVENT_READ)
        return true;
    if (a->kind != EVENT_WRITE)
        return false;
    return a->label.order == memory_order_seq_cst || a->label.kind == LABEL_UPDATE ||
           b->kind == EVENT_WRITE || (b->kind == EVENT_READ && b->label.kind == LABEL_UPDATE);
}

static bool is_tso(const struct graph *graph)
{
    if (!is_coherent_in_threads(graph))
        return false;
    relation_clear(&order, graph->count);
    for (int i = 0; i < graph->count; i++)
        for (int before = graph->events[i].before; before != NO_EVENT;
             before = graph->events[before].before)
            if (keeps(graph, before, i))
                set_add(&order.rows[before], i);
    add_communication(graph, false);
    return relation_is_acyclic(&order);
}

static bool is_rc11(const struct graph *graph)
{
    SCRATCH static struct happens happens;

    happens_find(&happens, graph);
    return is_coherent(graph, &happens) && psc_is_acyclic(graph, &happens);
}

bool graph_is_consistent(const struct graph *graph, enum memory memory)
{
    find_places(graph);
    if (!is_atomic(graph))
        return false;
    if (is_sc(graph)) /* then in each model; most graphs are, and this is the shortest way */
        return true;
    return (memory == MEMORY_TSO && is_tso(graph)) || (memory == MEMORY_RC11 && is_rc11(graph));
}
