#include "explore/graph/trust.h"

#include <assert.h>

/* Room for the graphs on the way to a child: a revisit may have to add the write of an
 * update, which may revisit another. Not on the stack: what ours leave there would be
 * part of the program's state (spin.h). */
enum { DEPTH = 2 * EVENTS_MOST };

SCRATCH static struct graph room[DEPTH];
static int used;

static struct graph *take(void)
{
    assert(used < DEPTH);
    return &room[used++];
}

static struct graph *take_copy(const struct graph *graph)
{
    struct graph *copy = take();

    graph_copy(copy, graph);
    return copy;
}

/* Revisits -------------------------------------------------------------------- */

static bool is_last_in_co(const struct graph *graph, int write, int upto, const struct set *prefix)
{
    while ((write = graph->events[write].next) != NO_EVENT)
        if (write <= upto || set_has(prefix, write))
            return false;
    return true;
}

/* An older read reads from it: it was given to that by a revisit. */
static bool is_read(const struct graph *graph, int write, int upto, const struct set *prefix)
{
    for (int i = 0; i < graph->count; i++)
        if ((i <= upto || set_has(prefix, i)) && graph->events[i].rf == write)
            return true;
    return false;
}

/* Would the event have come to be what it is, had it been added maximally to the
 * events before it and those of `prefix`? */
static bool is_maximal(const struct graph *graph, int event, const struct set *prefix)
{
    const struct event_node *node = &graph->events[event];

    switch (node->kind) {
    case EVENT_READ:
        if (node->rf > event && !set_has(prefix, node->rf))
            return false;
        return graph_is_failed_attempt(graph, event) ||
               is_last_in_co(graph, node->rf, event, prefix);
    case EVENT_WRITE:
        return !is_read(graph, event, event, prefix) && is_last_in_co(graph, event, event, prefix);
    default:
        return node->label.kind != LABEL_CHOICE || node->value == 0;
    }
}

/* May `read` be given a write that follows from `prefix`? *kept is what then stays
 * of the graph. */
static bool may_revisit(const struct graph *graph, int read, int location, const struct set *prefix,
                        struct set *kept)
{
    const struct event_node *node = &graph->events[read];

    if (node->kind != EVENT_READ || node->label.location != location || set_has(prefix, read) ||
        graph_is_failed_attempt(graph, read))
        return false;
    *kept = *prefix;
    for (int i = 0; i < graph->count; i++)
        if (i < read)
            set_add(kept, i);
        else if (!set_has(prefix, i) && !is_maximal(graph, i, prefix))
            return false;
    set_add(kept, read);
    return true;
}

/*
 * Two updates cannot both write right behind the write they read. So when the new
 * `read` reads what another one does, its write will fit only if a revisit by it
 * deletes that other.
 */
static bool makes_room(const struct graph *graph, int read, int other)
{
    struct set prefix, kept;

    graph_prefix(graph, graph->events[read].thread, &prefix);
    for (int i = 0; i <= other; i++)
        if (may_revisit(graph, i, graph->events[read].label.location, &prefix, &kept) &&
            (i == other || !set_has(&kept, other)))
            return true;
    return false;
}

static bool has_future(const struct graph *graph, int read)
{
    for (int i = 0; i < read; i++)
        if (graph->events[i].rf == graph->events[read].rf && graph_writes(graph, i))
            return makes_room(graph, read, i);
    return true;
}

/* Growing --------------------------------------------------------------------- */

/* Coherence: a thread does not go back in co. Where it was last, or the beginning. */
static int seen_write(const struct graph *graph, unsigned thread, int location)
{
    for (int i = graph->last[thread]; i != NO_EVENT; i = graph->events[i].before)
        if (graph->events[i].kind == EVENT_READ && graph->events[i].label.location == location)
            return graph->events[i].rf;
        else if (graph->events[i].kind == EVENT_WRITE &&
                 graph->events[i].label.location == location)
            return i;
    return graph->initial[location];
}

static void add_write(const struct trust *trust, const struct graph *graph, unsigned thread,
                      const struct label *label, bool forward);

/* The read half of an update has been given a value: its write is next. */
static void add_result(const struct trust *trust, const struct graph *graph, int read, bool forward)
{
    struct label label = graph->events[read].label;

    label.operand = label_result(&label, graph_read_value(graph, read));
    label.cause = NO_EVENT;
    label.condition = CONDITION_NONE;
    label.awaits = label.lock = false;
    add_write(trust, graph, graph->events[read].thread, &label, forward);
}

/*
 * Is the graph consistent, whose last event is new? Nothing comes behind an event that
 * is its thread's last and reads the last write in co, or is that: so no cycle goes
 * through it, and as the graph without it is consistent, so is this one. Most children
 * are of that kind.
 */
static bool goes_on_well(const struct trust *trust, const struct graph *graph)
{
    const struct event_node *new = &graph->events[graph->count - 1];
    int write = new->kind == EVENT_READ ? new->rf : graph->count - 1;

    return graph->events[write].next == NO_EVENT || graph_is_consistent(graph, trust->memory);
}

/* A new write behind `after`; `read` reads it, unless it is NO_EVENT. */
static void place_write(const struct trust *trust, const struct graph *graph, unsigned thread,
                        const struct label *label, int after, int read, bool forward)
{
    struct graph *child = take_copy(graph);
    int write = graph_add(child, thread, EVENT_WRITE, label);

    graph_put(child, write, after);
    if (read != NO_EVENT)
        child->events[read].rf = (int16_t)write;
    /* a read that has its thread wait is there for a revisit, which wants it maximal */
    if (!(read != NO_EVENT && graph_waits(child, read) && child->events[write].next != NO_EVENT) &&
        (read == NO_EVENT ? goes_on_well(trust, child)
                          : graph_is_consistent(child, trust->memory))) {
        if (read != NO_EVENT && graph_writes(child, read))
            add_result(trust, child, read, false);
        else
            trust->child(trust->context, child, forward && read == NO_EVENT);
    }
    used--;
}

/* The places from the end of co to where the thread was; of an update, that one. */
static void place_everywhere(const struct trust *trust, const struct graph *graph, unsigned thread,
                             const struct label *label, int read, bool forward)
{
    int16_t places[EVENTS_MOST];
    int count = 0;

    for (int write = seen_write(graph, thread, label->location); write != NO_EVENT;
         write = graph->events[write].next)
        places[count++] = (int16_t)write;
    if (label->kind == LABEL_UPDATE)
        count = 1;
    while (count-- > 0)
        place_write(trust, graph, thread, label, places[count], read, forward);
}

static void add_write(const struct trust *trust, const struct graph *graph, unsigned thread,
                      const struct label *label, bool forward)
{
    struct set prefix, kept;

    place_everywhere(trust, graph, thread, label, NO_EVENT, forward);
    graph_prefix(graph, thread, &prefix);
    for (int read = 0; read < graph->count; read++) {
        struct graph *rest;

        if (!may_revisit(graph, read, label->location, &prefix, &kept))
            continue;
        rest = take();
        graph_restrict(rest, graph, &kept);
        place_everywhere(trust, rest, thread, label, read, false);
        used--;
    }
}

static void read_from(const struct trust *trust, const struct graph *graph, unsigned thread,
                      const struct label *label, int write)
{
    struct graph *child = take_copy(graph);
    int read = graph_add(child, thread, EVENT_READ, label);

    child->events[read].rf = (int16_t)write;
    if (!(graph_waits(child, read) && child->events[write].next != NO_EVENT) &&
        !(graph_writes(child, read) && !has_future(child, read)) && goes_on_well(trust, child)) {
        if (graph_writes(child, read))
            add_result(trust, child, read, true);
        else
            trust->child(trust->context, child, true);
    }
    used--;
}

static void add_read(const struct trust *trust, const struct graph *graph, unsigned thread,
                     const struct label *label)
{
    int16_t writes[EVENTS_MOST];
    int count = 0;

    for (int write = seen_write(graph, thread, label->location); write != NO_EVENT;
         write = graph->events[write].next)
        writes[count++] = (int16_t)write;
    while (count-- > 0)
        read_from(trust, graph, thread, label, writes[count]);
}

static void add_other(const struct trust *trust, const struct graph *graph, unsigned thread,
                      const struct label *label)
{
    enum event_kind kind = label->kind == LABEL_FENCE ? EVENT_FENCE : EVENT_OTHER;
    uint64_t ways = label->kind == LABEL_CHOICE ? label->operand : 1;

    for (uint64_t way = 0; way < ways; way++) {
        struct graph *child = take_copy(graph);
        int event = graph_add(child, thread, kind, label);

        child->events[event].value = way;
        trust->child(trust->context, child, true);
        used--;
    }
}

void trust_extend(const struct trust *trust, const struct graph *graph, unsigned thread,
                  const struct label *label)
{
    if (label->kind == LABEL_WRITE)
        add_write(trust, graph, thread, label, true);
    else if (label->kind == LABEL_READ || label->kind == LABEL_UPDATE)
        add_read(trust, graph, thread, label);
    else
        add_other(trust, graph, thread, label);
}

/* What next ------------------------------------------------------------------- */

/* A choice follows what it belongs to at once. */
static int urgency(const struct graph *graph, const struct label *label)
{
    int last;

    if (label->kind == LABEL_CHOICE)
        return 3;
    if (!label->awaits)
        return 2;
    last = graph_last_write(graph, label->location);
    return label_goes_on(label, graph->events[last].value) ? 2 : 1;
}

bool trust_before(const struct graph *graph, unsigned thread, const struct label *label,
                  unsigned other_thread, const struct label *other)
{
    int one = urgency(graph, label), two = urgency(graph, other);

    return one != two ? one > two : graph_thread_before(graph, thread, other_thread);
}

bool trust_is_stuck(const struct graph *graph, int read)
{
    const struct event_node *node = &graph->events[read];

    return graph->events[node->rf].next == NO_EVENT;
}
