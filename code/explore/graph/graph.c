#include "explore/graph/graph.h"

#include <string.h>

void graph_begin(struct graph *graph)
{
    graph->count = graph->locations = 0;
    for (int i = 0; i < THREADS_MOST; i++)
        graph->last[i] = graph->created[i] = NO_EVENT;
}

void graph_copy(struct graph *copy, const struct graph *graph)
{
    copy->count = graph->count;
    copy->locations = graph->locations;
    memcpy(copy->last, graph->last, sizeof copy->last);
    memcpy(copy->created, graph->created, sizeof copy->created);
    memcpy(copy->initial, graph->initial, sizeof *copy->initial * (unsigned)graph->locations);
    memcpy(copy->events, graph->events, sizeof *copy->events * (unsigned)graph->count);
}

bool graph_has_room(const struct graph *graph)
{
    return graph->count + 3 <= EVENTS_MOST && graph->locations < LOCATIONS_MOST;
}

/* Growing --------------------------------------------------------------------- */

static int add(struct graph *graph, const struct event_node *event)
{
    graph->events[graph->count] = *event;
    return graph->count++;
}

int graph_add_location(struct graph *graph, uint64_t value)
{
    int number = graph->locations++;

    graph->initial[number] = (int16_t)add(graph, &(const struct event_node){
                                                     .kind = EVENT_WRITE,
                                                     .label = {.kind = LABEL_WRITE,
                                                               .order = memory_order_relaxed,
                                                               .location = (uint16_t)number,
                                                               .cause = NO_EVENT},
                                                     .thread = NO_THREAD,
                                                     .before = NO_EVENT,
                                                     .rf = NO_EVENT,
                                                     .next = NO_EVENT,
                                                     .value = value,
                                                 });
    return number;
}

int graph_add(struct graph *graph, unsigned thread, enum event_kind kind, const struct label *label)
{
    int before = graph->last[thread];
    int event =
        add(graph, &(const struct event_node){
                       .label = *label,
                       .kind = kind,
                       .thread = (uint8_t)thread,
                       .index = (int16_t)(before >= 0 ? graph->events[before].index + 1 : 0),
                       .before = (int16_t)before,
                       .rf = NO_EVENT,
                       .next = NO_EVENT,
                       .value = label->operand,
                   });

    graph->last[thread] = (int16_t)event;
    return event;
}

void graph_put(struct graph *graph, int write, int after)
{
    graph->events[write].next = graph->events[after].next;
    graph->events[after].next = (int16_t)write;
}

/* Asking ---------------------------------------------------------------------- */

int graph_last_write(const struct graph *graph, int location)
{
    int write = graph->initial[location];

    while (graph->events[write].next != NO_EVENT)
        write = graph->events[write].next;
    return write;
}

int graph_write_from_end(const struct graph *graph, int location, unsigned places)
{
    int result = graph->initial[location];

    for (int write = result; (write = graph->events[write].next) != NO_EVENT;)
        if (places > 0)
            places--;
        else
            result = graph->events[result].next;
    return places == 0 ? result : NO_EVENT;
}

uint64_t graph_read_value(const struct graph *graph, int read)
{
    return graph->events[graph->events[read].rf].value;
}

bool label_holds(const struct label *label, uint64_t value)
{
    switch (label->condition) {
    case CONDITION_EQUAL:
        return value == label->expected;
    case CONDITION_POSITIVE:
        return value > 0;
    case CONDITION_CLEAR:
        return (value & label->expected) == 0;
    default:
        return true;
    }
}

bool label_goes_on(const struct label *label, uint64_t value)
{
    return label_holds(label, value) || (label->pass != 0 && value == label->pass);
}

static uint64_t result_of(const struct label *label, uint64_t value)
{
    switch (label->result) {
    case RESULT_ADD:
        return value + label->operand;
    case RESULT_SUB:
        return value - label->operand;
    case RESULT_AND:
        return value & label->operand;
    case RESULT_OR:
        return value | label->operand;
    case RESULT_XOR:
        return value ^ label->operand;
    case RESULT_NAND:
        return ~(value & label->operand);
    default:
        return label->operand;
    }
}

uint64_t label_result(const struct label *label, uint64_t value)
{
    uint64_t result = result_of(label, value);

    return label->size < sizeof result ? result & (((uint64_t)1 << 8 * label->size) - 1) : result;
}

bool graph_writes(const struct graph *graph, int read)
{
    const struct event_node *event = &graph->events[read];

    return event->kind == EVENT_READ && event->label.kind == LABEL_UPDATE &&
           label_holds(&event->label, graph_read_value(graph, read));
}

bool graph_waits(const struct graph *graph, int read)
{
    const struct event_node *event = &graph->events[read];

    return event->kind == EVENT_READ && event->label.awaits &&
           !label_goes_on(&event->label, graph_read_value(graph, read));
}

bool graph_is_failed_attempt(const struct graph *graph, int event)
{
    return graph->events[event].label.lock && graph_waits(graph, event);
}

memory_order graph_order(const struct graph *graph, int event)
{
    const struct event_node *node = &graph->events[event];

    if (node->kind == EVENT_READ && node->label.kind == LABEL_UPDATE && !graph_writes(graph, event))
        return node->label.failure;
    return node->label.order;
}

/* Parts ----------------------------------------------------------------------- */

void graph_prefix(const struct graph *graph, unsigned thread, struct set *prefix)
{
    SCRATCH static int16_t todo[4 * EVENTS_MOST];
    int count = 0;

    memset(prefix, 0, sizeof *prefix);
    for (int i = 0; i < graph->locations; i++)
        set_add(prefix, graph->initial[i]);
    todo[count++] = graph->last[thread];
    while (count > 0) {
        int event = todo[--count];

        if (event == NO_EVENT || set_has(prefix, event))
            continue;
        set_add(prefix, event);
        todo[count++] = graph->events[event].before;
        todo[count++] = graph->events[event].rf;
        todo[count++] = graph->events[event].label.cause;
    }
}

static int16_t moved(const int16_t now[], int event)
{
    return event == NO_EVENT ? NO_EVENT : now[event];
}

static void restrict_threads(struct graph *result, const struct graph *graph,
                             const struct set *keep, const int16_t now[])
{
    for (int i = 0; i < THREADS_MOST; i++) {
        int last = graph->last[i], created = graph->created[i];

        while (last != NO_EVENT && !set_has(keep, last))
            last = graph->events[last].before;
        result->last[i] = moved(now, last);
        result->created[i] =
            created != NO_EVENT && set_has(keep, created) ? now[created] : NO_EVENT;
    }
}

/* co, and all that events say of others. */
static void restrict_edges(struct graph *result, const struct graph *graph, const struct set *keep,
                           const int16_t now[])
{
    SET_EACH(event, keep)
    {
        struct event_node *node = &result->events[now[event]];
        int next = graph->events[event].next;

        while (next != NO_EVENT && !set_has(keep, next))
            next = graph->events[next].next;
        node->next = moved(now, next);
        node->before = moved(now, node->before);
        node->rf = moved(now, node->rf);
        node->label.cause = moved(now, node->label.cause);
    }
}

void graph_restrict(struct graph *result, const struct graph *graph, const struct set *keep)
{
    SCRATCH static int16_t now[EVENTS_MOST];

    result->count = 0;
    result->locations = graph->locations;
    SET_EACH(event, keep)
    {
        if (event >= graph->count)
            break;
        now[event] = (int16_t)result->count;
        result->events[result->count++] = graph->events[event];
    }
    for (int i = 0; i < graph->locations; i++)
        result->initial[i] = now[graph->initial[i]];
    restrict_threads(result, graph, keep, now);
    restrict_edges(result, graph, keep, now);
}

void graph_reorder(struct graph *result, const struct graph *graph, const int16_t order[])
{
    SCRATCH static int16_t now[EVENTS_MOST];
    struct set all = {0};

    result->count = graph->count;
    result->locations = graph->locations;
    for (int i = 0; i < graph->count; i++) {
        now[order[i]] = (int16_t)i;
        result->events[i] = graph->events[order[i]];
        set_add(&all, i);
    }
    for (int i = 0; i < graph->locations; i++)
        result->initial[i] = now[graph->initial[i]];
    restrict_threads(result, graph, &all, now);
    restrict_edges(result, graph, &all, now);
}

/* Schedules ------------------------------------------------------------------- */

struct laying {
    const struct graph *graph;
    int16_t *order;
    int count;
    int16_t after[EVENTS_MOST]; /* the next in po, or NO_EVENT */
    int16_t next[THREADS_MOST]; /* to be laid */
    struct set laid;
};

static void begin_laying(struct laying *laying)
{
    const struct graph *graph = laying->graph;

    memset(&laying->laid, 0, sizeof laying->laid);
    laying->count = 0;
    memset(laying->after, NO_EVENT, sizeof laying->after);
    memset(laying->next, NO_EVENT, sizeof laying->next);
    for (int i = 0; i < graph->count; i++) {
        const struct event_node *event = &graph->events[i];

        if (event->thread == NO_THREAD) {
            laying->order[laying->count++] = (int16_t)i;
            set_add(&laying->laid, i);
        } else if (event->before == NO_EVENT) {
            laying->next[event->thread] = (int16_t)i;
        } else {
            laying->after[event->before] = (int16_t)i;
        }
    }
}

static bool is_laid(const struct laying *laying, int event)
{
    return event == NO_EVENT || set_has(&laying->laid, event);
}

static bool can_lay(const struct laying *laying, int event)
{
    return event != NO_EVENT && is_laid(laying, laying->graph->events[event].rf) &&
           is_laid(laying, laying->graph->events[event].label.cause);
}

static void lay(struct laying *laying, unsigned thread)
{
    int event = laying->next[thread];

    set_add(&laying->laid, event);
    laying->order[laying->count++] = (int16_t)event;
    laying->next[thread] = laying->after[event];
}

void graph_schedule(const struct graph *graph, int16_t order[EVENTS_MOST])
{
    SCRATCH static struct laying laying;
    unsigned thread = 0;

    laying.graph = graph;
    laying.order = order;
    begin_laying(&laying);
    while (laying.count < graph->count)
        if (can_lay(&laying, laying.next[thread]))
            lay(&laying, thread);
        else
            for (thread = 0; !can_lay(&laying, laying.next[thread]); thread++)
                ;
}

/* Threads --------------------------------------------------------------------- */

/* Where the thread hangs in the tree of who made whom: the places of the
 * creating events, from the main thread down. */
static int path_of(const struct graph *graph, unsigned thread, int16_t path[THREADS_MOST])
{
    int event = graph->created[thread], length = 0;

    if (event == NO_EVENT)
        return 0;
    length = path_of(graph, graph->events[event].thread, path);
    path[length] = graph->events[event].index;
    return length + 1;
}

bool graph_thread_before(const struct graph *graph, unsigned a, unsigned b)
{
    int16_t one[THREADS_MOST], other[THREADS_MOST];
    int length = path_of(graph, a, one), others = path_of(graph, b, other);

    for (int i = 0; i < length && i < others; i++)
        if (one[i] != other[i])
            return one[i] < other[i];
    return length < others;
}
