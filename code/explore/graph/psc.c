#include "explore/graph/psc.h"

#include <string.h>

/*
 * Lahav and others, PLDI 2017, section 3.2:
 *
 *     psc_base  = ([SC] U [F & SC]; hb?); scb; ([SC] U hb?; [F & SC])
 *     scb       = po U (po \ loc); hb; (po \ loc) U (hb & loc) U co U fr
 *     psc_fence = [F & SC]; (hb U hb; eco; hb); [F & SC]
 *
 * where eco = rf U (co U fr); rf?
 */
SCRATCH static struct relation hb, po, elsewhere, eco, scb, from, to, product, result;
SCRATCH static struct set fences, strong;

static bool is_seq_cst(const struct graph *graph, int event)
{
    const struct event_node *node = &graph->events[event];

    return node->thread != NO_THREAD && node->kind != EVENT_OTHER &&
           graph_order(graph, event) == memory_order_seq_cst;
}

static bool has_location(const struct graph *graph, int event)
{
    return graph->events[event].kind == EVENT_READ || graph->events[event].kind == EVENT_WRITE;
}

static bool same_location(const struct graph *graph, int a, int b)
{
    return has_location(graph, a) && has_location(graph, b) &&
           graph->events[a].label.location == graph->events[b].label.location;
}

/* Fewer than two of them make no cycle. */
static int find_strong(const struct graph *graph)
{
    int count = 0;

    memset(&fences, 0, sizeof fences);
    memset(&strong, 0, sizeof strong);
    for (int i = 0; i < graph->count; i++)
        if (is_seq_cst(graph, i)) {
            set_add(&strong, i);
            if (graph->events[i].kind == EVENT_FENCE)
                set_add(&fences, i);
            count++;
        }
    return count;
}

/* What of the thread happens before `b`. */
static void add_orders(const struct graph *graph, const struct happens *happens, unsigned thread,
                       int b)
{
    for (int a = graph->last[thread]; a != NO_EVENT; a = graph->events[a].before) {
        if (a == b || graph->events[a].index >= happens->known[b][thread])
            continue;
        set_add(&hb.rows[a], b);
        if (thread == graph->events[b].thread) {
            set_add(&po.rows[a], b);
            if (!same_location(graph, a, b))
                set_add(&elsewhere.rows[a], b);
        }
        if (same_location(graph, a, b))
            set_add(&scb.rows[a], b);
    }
}

/* hb, po, po \ loc; and of scb: po and hb & loc. */
static void find_orders(const struct graph *graph, const struct happens *happens)
{
    for (int b = 0; b < graph->count; b++)
        for (unsigned thread = 0; thread < THREADS_MOST; thread++)
            if (happens->known[b][thread] > 0)
                add_orders(graph, happens, thread, b);
    relation_join(&scb, &po);
}

/* rows[a] has all writes behind `write` in co, and in eco who reads them as well. */
static void add_later(const struct graph *graph, int a, int write)
{
    for (int later = graph->events[write].next; later != NO_EVENT;
         later = graph->events[later].next) {
        set_add(&scb.rows[a], later);
        set_add(&eco.rows[a], later);
    }
}

static void find_communication(const struct graph *graph)
{
    SCRATCH static struct relation overwrite, readers;

    relation_clear(&readers, graph->count);
    for (int i = 0; i < graph->count; i++) {
        if (graph->events[i].kind == EVENT_READ)
            set_add(&readers.rows[graph->events[i].rf], i);
        if (graph->events[i].kind == EVENT_WRITE)
            add_later(graph, i, i);
        else if (graph->events[i].kind == EVENT_READ && !graph_is_failed_attempt(graph, i))
            add_later(graph, i, graph->events[i].rf);
    }
    relation_clear(&overwrite, graph->count);
    relation_join(&overwrite, &eco);
    relation_then(&product, &overwrite, &readers);
    relation_join(&eco, &product);
    relation_join(&eco, &readers);
}

static void add_base(const struct graph *graph)
{
    relation_then(&product, &elsewhere, &hb);
    relation_then(&from, &product, &elsewhere);
    relation_join(&scb, &from);
    relation_clear(&from, graph->count);
    relation_clear(&to, graph->count);
    for (int i = 0; i < graph->count; i++) {
        if (set_has(&strong, i))
            set_add(&from.rows[i], i), set_add(&to.rows[i], i);
        if (set_has(&fences, i))
            relation_add(&from, i, &hb.rows[i]);
        for (int word = 0; word < relation_words(&to); word++)
            to.rows[i].words[word] |= hb.rows[i].words[word] & fences.words[word];
    }
    relation_then(&product, &from, &scb);
    relation_then(&result, &product, &to);
}

static void add_fences(void)
{
    relation_then(&product, &hb, &eco);
    relation_then(&from, &product, &hb);
    relation_join(&from, &hb);
    SET_EACH(fence, &fences)
    for (int word = 0; word < relation_words(&result); word++)
        result.rows[fence].words[word] |= from.rows[fence].words[word] & fences.words[word];
}

bool psc_is_acyclic(const struct graph *graph, const struct happens *happens)
{
    if (find_strong(graph) < 2)
        return true;
    relation_clear(&hb, graph->count);
    relation_clear(&po, graph->count);
    relation_clear(&elsewhere, graph->count);
    relation_clear(&eco, graph->count);
    relation_clear(&scb, graph->count);
    find_orders(graph, happens);
    find_communication(graph);
    add_base(graph);
    add_fences();
    return relation_is_acyclic(&result);
}
