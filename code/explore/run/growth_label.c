#include "explore/run/growth_label.h"

#include <string.h>

#include "explore/run/growth.h"
#include "explore/run/object.h"
#include "explore/run/races.h"

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

/* At its first access: what was written plainly before; what a semaphore was made with. */
static uint64_t first_value(const struct op *op, size_t size)
{
    const void *at = (const void *)op->touches[0].at;

    switch (op->kind) {
    case OP_SEM_WAIT:
    case OP_SEM_TRYWAIT:
    case OP_SEM_TIMEDWAIT:
    case OP_SEM_POST:
    case OP_SEM_VALUE:
        return object_at(at, OBJECT_SEMAPHORE)->count;
    case OP_ONCE:
        return object_at(at, OBJECT_ONCE)->count;
    default:
        return value_at(op->touches[0].at, size);
    }
}

static uint16_t location_new(struct graph *graph, const struct op *op, size_t size)
{
    if (graph->locations == LOCATIONS_MOST || !graph_has_room(graph))
        run_refuse(op->place, "more than %d atomics and locks", LOCATIONS_MOST);
    places[graph->locations] = (struct place){.at = op->touches[0].at, .size = size};
    return (uint16_t)graph_add_location(graph, first_value(op, size));
}

/* An atomic of another size was there. It is no more if all that was done with it happened
 * before; then memory holds what was written last. Somebody who comes to it later, and
 * has not waited for this access, finds the same. */
static void end_place(struct place *place, const struct thread *thread)
{
    const struct op *op = &thread->request.op;

    if (!races_are_behind(thread, place->at, place->size))
        growth_refuse(op->place, "atomic accesses to parts of an atomic that nothing orders");
    place->gone = true;
}

static uint16_t location_of(struct graph *graph, const struct thread *thread, size_t size)
{
    const struct op *op = &thread->request.op;
    uintptr_t at = op->touches[0].at;

    for (int i = 0; i < graph->locations; i++) {
        if (places[i].at == at && places[i].size == size && !places[i].gone)
            return (uint16_t)i;
        if (size > 0 && meets(&places[i], at, size))
            end_place(&places[i], thread);
    }
    return location_new(graph, op, size);
}

void growth_forget(uintptr_t at, size_t size)
{
    for (int i = 0; i < LOCATIONS_MOST && places[i].at != 0; i++)
        if (meets(&places[i], at, size))
            places[i].gone = true;
}

void growth_renew(uintptr_t at)
{
    for (int i = 0; i < LOCATIONS_MOST && places[i].at != 0; i++)
        if (places[i].at == at && places[i].size == 0)
            places[i].gone = true;
}

/* Calls ----------------------------------------------------------------------- */

/* A read-write lock is the number of its readers, or this. */
static const uint64_t writer = UINT64_C(1) << 32;

static struct label call(enum label_kind kind, memory_order order)
{
    return (struct label){.kind = kind,
                          .order = order,
                          .failure = memory_order_relaxed,
                          .call = true,
                          .size = 8,
                          .cause = NO_EVENT};
}

static struct label caused(int cause, bool informs)
{
    struct label label = call(LABEL_NONE, memory_order_relaxed);

    label.cause = (int16_t)cause;
    label.informs = informs;
    return label;
}

/* A thread that waits for a mutex tries, and then again (graph.h). */
static struct label lock_label(bool awaits)
{
    struct label label = call(LABEL_UPDATE, memory_order_acquire);

    label.condition = CONDITION_EQUAL;
    label.operand = 1;
    label.awaits = awaits;
    label.lock = awaits && !record->plan.tries;
    return label;
}

static struct label trylock_label(void)
{
    record->uses_trylock = true;
    if (!record->plan.tries)
        run_end(ENDING_QUIET, 0); /* begin anew, now that it is known */
    return lock_label(false);
}

/* Of a call that stands, up to its OP_RELEASE, between two events of a lock of the
 * object's own: so that all that such calls do with the object has an order, choices
 * included. To wake is no synchronisation (condition.c), but a futex's queue has a lock. */
static struct label section_label(memory_order order)
{
    struct label label = call(LABEL_UPDATE, order);

    label.condition = CONDITION_EQUAL;
    label.operand = 1;
    label.awaits = label.lock = true;
    return label;
}

/* With a limit it can go on at any time. */
static struct label resume_label(const struct thread *thread)
{
    if (thread->request.deadline_ns < INT64_MAX)
        return section_label(memory_order_relaxed);
    return caused(thread->signalled ? growth_waker(thread->id) : NO_EVENT, false);
}

static struct label count_label(enum result result, uint64_t operand, memory_order order)
{
    struct label label = call(LABEL_UPDATE, order);

    label.result = result;
    label.operand = operand;
    return label;
}

static struct label semaphore_label(bool awaits)
{
    struct label label = count_label(RESULT_SUB, 1, memory_order_acquire);

    label.condition = CONDITION_POSITIVE;
    label.awaits = awaits;
    return label;
}

/* Readers notice no readers; but in a graph they come one after the other. That the
 * later learns what the earlier has done, POSIX says (4.12, Memory Synchronization). */
static struct label rwlock_label(bool write, bool awaits)
{
    struct label label = count_label(RESULT_ADD, write ? writer : 1, memory_order_acquire);

    label.condition = CONDITION_CLEAR;
    label.expected = write ? UINT64_MAX : writer;
    label.awaits = awaits;
    return label;
}

/* 0: new, 1: running, 2: done (barrier.c). */
static struct label once_label(void)
{
    struct label label = lock_label(true);

    label.failure = memory_order_acquire;
    label.lock = false;
    label.pass = 2;
    return label;
}

static struct label once_done_label(void)
{
    struct label label = call(LABEL_WRITE, memory_order_release);

    label.operand = 2;
    return label;
}

/* One of a stream's prints, in their order. That is no synchronisation: C says of the
 * streams' locks only that nothing is mixed up (7.21.2p7). */
static struct label print_label(void)
{
    struct label label = call(LABEL_UPDATE, memory_order_relaxed);

    label.prints = true;
    return label;
}

static int end_of_joined(const struct graph *graph, const struct thread *thread)
{
    return graph->last[((const struct thread *)thread->request.about)->id];
}

/* Of what has an object; of any other kind LABEL_NONE, which none of these is. */
static struct label object_label(const struct thread *thread)
{
    const struct op *op = &thread->request.op;

    switch (op->kind) {
    case OP_LOCK:
        return lock_label(true);
    case OP_TRYLOCK:
    case OP_TIMEDLOCK:
        return trylock_label();
    case OP_UNLOCK:
    case OP_RELEASE:
        return call(LABEL_WRITE, memory_order_release);
    case OP_WAIT:
    case OP_SIGNAL:
    case OP_BROADCAST:
        return section_label(memory_order_relaxed);
    case OP_FUTEX_WAIT:
    case OP_FUTEX_WAKE:
        return section_label(memory_order_acquire);
    case OP_SEM_WAIT:
        return semaphore_label(true);
    case OP_SEM_TRYWAIT:
    case OP_SEM_TIMEDWAIT:
        return semaphore_label(false);
    case OP_SEM_POST:
        return count_label(RESULT_ADD, 1, memory_order_release);
    case OP_SEM_VALUE:
        return count_label(RESULT_ADD, 0, memory_order_relaxed);
    case OP_RDLOCK:
    case OP_WRLOCK:
        return rwlock_label(op->kind == OP_WRLOCK, true);
    case OP_TRYRDLOCK:
    case OP_TRYWRLOCK:
        return rwlock_label(op->kind == OP_TRYWRLOCK, false);
    case OP_RWUNLOCK:
        return count_label(RESULT_SUB, op->touches[0].mode == TOUCH_CHANGE ? writer : 1,
                           memory_order_release);
    case OP_ARRIVE:
        return count_label(RESULT_ADD, 1, memory_order_acq_rel);
    case OP_ONCE:
        return once_label();
    case OP_ONCE_DONE:
        return once_done_label();
    case OP_PRINT:
    case OP_FILE:
        return print_label();
    default:
        return (struct label){.kind = LABEL_NONE};
    }
}

static struct label call_label(const struct graph *graph, const struct thread *thread)
{
    struct label label = object_label(thread);

    if (label.kind != LABEL_NONE)
        return label;
    switch (thread->request.op.kind) {
    case OP_START:
        return caused(graph->created[thread->id], true);
    case OP_JOIN:
        return caused(end_of_joined(graph, thread), true);
    case OP_RESUME:
    case OP_FUTEX_RESUME:
        return resume_label(thread);
    case OP_LEAVE:
        return caused(thread->signalled ? growth_waker(thread->id) : NO_EVENT, true);
    case OP_CREATE:
    case OP_EXIT:
    case OP_DESTROY:
    case OP_END:
    case OP_FINISH:
    case OP_CRASH:
        return call(LABEL_NONE, memory_order_relaxed);
    case OP_YIELD:
    case OP_SLEEP:
    case OP_TESTCANCEL: /* nobody cancels here */
        return (struct label){.kind = LABEL_NONE, .cause = NO_EVENT};
    default:
        growth_refuse(thread->request.op.place, op_name(thread->request.op.kind));
    }
}

struct label growth_label(struct graph *graph, const struct thread *thread)
{
    const struct op *op = &thread->request.op;
    struct label label;

    if (op->touches[1].mode != TOUCH_NONE && op->kind != OP_FINISH && op->kind != OP_PRINT &&
        op->kind != OP_WAIT && op->kind != OP_JOIN && op->kind != OP_TRYJOIN)
        growth_refuse(op->place, op_name(op->kind));
    label = thread->request.label != NULL ? *thread->request.label : call_label(graph, thread);
    if (label.kind >= LABEL_READ)
        label.location = location_of(graph, thread, label.call ? 0 : label.size);
    return label;
}
