#include "explore/run/growth_label.h"

#include <string.h>

#include "explore/run/growth.h"

_Noreturn void growth_refuse(uintptr_t place, const char *what)
{
    run_refuse(place, "%s cannot follow %s", memory_name(record->plan.memory), what);
}

/* Locations ------------------------------------------------------------------- */

/* What of the program a location stands for: an atomic of `size` bytes; or, with 0, a
 * lock, a stream. Numbers as the graph has them. */
static struct place {
    uintptr_t at;
    size_t size;
    bool gone;
} places[LOCATIONS_MOST];

static bool meets(const struct place *place, uintptr_t at, size_t size)
{
    return !place->gone && place->size > 0 && place->at < at + size && at < place->at + place->size;
}

static uint64_t value_at(uintptr_t at, size_t size)
{
    uint64_t value = 0;

    for (size_t i = 0; i < size; i++) /* little-endian, as our machines are */
        value |= (uint64_t)((const volatile uint8_t *)at)[i] << 8 * i;
    return value;
}

/* At its first access: what was written plainly before. */
static uint16_t location_new(struct graph *graph, uintptr_t at, size_t size, uintptr_t place)
{
    if (graph->locations == LOCATIONS_MOST || !graph_has_room(graph))
        run_refuse(place, "more than %d atomics and locks", LOCATIONS_MOST);
    places[graph->locations] = (struct place){.at = at, .size = size};
    return (uint16_t)graph_add_location(graph, value_at(at, size));
}

static uint16_t location_of(struct graph *graph, uintptr_t at, size_t size, uintptr_t place)
{
    for (int i = 0; i < graph->locations; i++) {
        if (places[i].at == at && places[i].size == size && !places[i].gone)
            return (uint16_t)i;
        if (size > 0 && meets(&places[i], at, size))
            growth_refuse(place, "atomic accesses to parts of an atomic");
    }
    return location_new(graph, at, size, place);
}

void growth_forget(uintptr_t at, size_t size)
{
    for (int i = 0; i < LOCATIONS_MOST && places[i].at != 0; i++)
        if (meets(&places[i], at, size))
            places[i].gone = true;
}

/* Calls ----------------------------------------------------------------------- */

static struct label call(enum label_kind kind, memory_order order)
{
    return (struct label){.kind = kind,
                          .order = order,
                          .failure = memory_order_relaxed,
                          .call = true,
                          .size = 8,
                          .cause = NO_EVENT};
}

static struct label caused(int cause)
{
    struct label label = call(LABEL_NONE, memory_order_relaxed);

    label.cause = (int16_t)cause;
    label.informs = true;
    return label;
}

/* A thread that waits for a mutex tries, and then again (graph.h). */
static struct label lock_label(enum op_kind kind)
{
    struct label label = call(LABEL_UPDATE, memory_order_acquire);

    label.condition = CONDITION_EQUAL;
    label.operand = 1;
    label.awaits = kind == OP_LOCK;
    label.lock = kind == OP_LOCK && !record->plan.tries;
    return label;
}

static int end_of_joined(const struct graph *graph, const struct thread *thread)
{
    return graph->last[((const struct thread *)thread->request.about)->id];
}

/* One of a stream's prints, in their order. That is no synchronisation: C says of the
 * streams' locks only that nothing is mixed up (7.21.2p7). */
static struct label call_label(const struct graph *graph, const struct thread *thread)
{
    switch (thread->request.op.kind) {
    case OP_START:
        return caused(graph->created[thread->id]);
    case OP_JOIN:
        return caused(end_of_joined(graph, thread));
    case OP_LOCK:
        return lock_label(OP_LOCK);
    case OP_TRYLOCK:
        record->uses_trylock = true;
        if (!record->plan.tries)
            run_end(ENDING_QUIET, 0); /* begin anew, now that it is known */
        return lock_label(OP_TRYLOCK);
    case OP_UNLOCK:
        return call(LABEL_WRITE, memory_order_release);
    case OP_PRINT:
    case OP_FILE:
        return call(LABEL_UPDATE, memory_order_relaxed);
    case OP_CREATE:
    case OP_EXIT:
    case OP_DESTROY:
    case OP_END:
    case OP_FINISH:
    case OP_CRASH:
        return call(LABEL_NONE, memory_order_relaxed);
    case OP_YIELD:
    case OP_SLEEP:
        return (struct label){.kind = LABEL_NONE, .cause = NO_EVENT};
    default:
        growth_refuse(thread->request.op.place, op_name(thread->request.op.kind));
    }
}

struct label growth_label(struct graph *graph, const struct thread *thread)
{
    const struct op *op = &thread->request.op;
    struct label label;

    if (op->touches[1].mode != TOUCH_NONE || op->touches[2].mode != TOUCH_NONE) {
        if (op->kind != OP_FINISH && op->kind != OP_PRINT && op->kind != OP_JOIN)
            growth_refuse(op->place, op_name(op->kind));
    }
    label = thread->request.label != NULL ? *thread->request.label : call_label(graph, thread);
    if (label.kind >= LABEL_READ)
        label.location = location_of(graph, op->touches[0].at,
                                     thread->request.label != NULL ? label.size : 0, op->place);
    return label;
}
