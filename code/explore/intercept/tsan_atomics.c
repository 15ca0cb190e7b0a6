/*
 * C11's atomics, as -fsanitize=thread calls them.
 *
 * Values are sequentially consistent: every thread sees every store at once,
 * whatever memory order the program asks for, so outcomes that only a weaker
 * order allows are not found; where there may be some, the record says so. And
 * the order asked for decides what a data race is: a relaxed load orders
 * nothing (C17, 5.1.2.4 and 7.17.3). For consume we take acquire, as every
 * compiler does.
 *
 * A compare-exchange that fails is a load (7.17.7.4). A weak one may fail
 * without cause: that is tried as often as a wake-up without cause.
 */
#include <stdatomic.h>
#include <string.h>
#include <xmmintrin.h>

#include "explore/intercept/tsan_atomics.h"
#include "explore/graph/happens.h"
#include "explore/intercept/message.h"
#include "explore/intercept/tsan_hooks.h"
#include "explore/run/growth.h"
#include "explore/run/growth_label.h"
#include "explore/run/races.h"

/* Bytes ----------------------------------------------------------------------- */

/* Not memcpy and memcmp, which in this program are ours, and accesses. */
static void copy(volatile void *to, const volatile void *from, size_t size)
{
    for (size_t i = 0; i < size; i++)
        ((volatile uint8_t *)to)[i] = ((const volatile uint8_t *)from)[i];
}

static bool same(const volatile void *a, const volatile void *b, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (((const volatile uint8_t *)a)[i] != ((const volatile uint8_t *)b)[i])
            return false;
    return true;
}

static uint64_t value_of(const volatile void *at, size_t size)
{
    uint64_t value = 0;

    copy(&value, at, size < sizeof value ? size : sizeof value);
    return value;
}

/* Accesses ------------------------------------------------------------------------ */

/* As in graph.h. */
enum how {
    REPLACE = RESULT_REPLACE,
    ADD = RESULT_ADD,
    SUB = RESULT_SUB,
    AND = RESULT_AND,
    OR = RESULT_OR,
    XOR = RESULT_XOR,
    NAND = RESULT_NAND
};

/* What a thread does with `size` bytes: read them (no operand), replace them,
 * or calculate with them; if they are what it expects. */
struct access_asked {
    const volatile void *at;
    size_t size;
    enum how how;
    const void *operand;
    const void *expected; /* NULL: anything */
    int order, failure;   /* failure: the order if they are not */
    bool for_nothing;     /* where a graph grows: this one fails without cause */
    enum op_kind kind;
    uintptr_t place;
};

/* Of 16 bytes at most; what is above the value's own is not looked at. */
static wide result_of(const struct access_asked *asked)
{
    wide old = 0, operand = 0;

    copy(&old, asked->at, asked->size);
    copy(&operand, asked->operand, asked->size);
    switch (asked->how) {
    case ADD:
        return old + operand;
    case SUB:
        return old - operand;
    case AND:
        return old & operand;
    case OR:
        return old | operand;
    case XOR:
        return old ^ operand;
    case NAND:
        return ~(old & operand);
    default:
        return operand;
    }
}

static bool fails(const struct access_asked *asked)
{
    return asked->expected != NULL && !same(asked->at, asked->expected, asked->size);
}

/* As compilers do: a seq_cst store leaves nothing in the buffer, nor itself. */
static bool waits_in_buffer(const struct access_asked *asked)
{
    return buffer_is_on() && asked->kind == OP_WRITE && asked->order != memory_order_seq_cst;
}

/* Would everything be as it was? */
static bool is_idle(const struct thread *thread)
{
    const struct access_asked *asked = thread->request.about;
    wide result;

    if (asked->operand == NULL || fails(asked))
        return true;
    if (waits_in_buffer(asked))
        return false;
    if (asked->how == REPLACE)
        return same(asked->at, asked->operand, asked->size);
    result = result_of(asked);
    return same(asked->at, &result, asked->size);
}

/* ... and is it not a message either? */
static bool is_look(const struct thread *thread)
{
    const struct access_asked *asked = thread->request.about;

    return asked->operand == NULL || fails(asked) ||
           (asked->kind == OP_UPDATE && is_idle(thread) &&
            !order_releases((memory_order)asked->order) && !message_fenced(thread));
}

static void change(volatile void *at, const struct access_asked *asked)
{
    wide result;

    if (asked->how == REPLACE) {
        copy(at, asked->operand, asked->size);
    } else {
        result = result_of(asked);
        copy(at, &result, asked->size);
    }
}

/* The same for a graph. One that fails without cause reads just what it expects. */
static struct label label_of(const struct access_asked *asked, bool fails)
{
    if (asked->size > sizeof(uint64_t))
        growth_refuse(asked->place, "atomics of more than 8 bytes");
    return (struct label){
        .kind = asked->operand == NULL || fails ? LABEL_READ
                : asked->kind == OP_WRITE       ? LABEL_WRITE
                                                : LABEL_UPDATE,
        .order = (memory_order)(fails ? asked->failure : asked->order),
        .failure = (memory_order)asked->failure,
        .result = (enum result)asked->how,
        .condition = asked->expected != NULL ? CONDITION_EQUAL : CONDITION_NONE,
        .awaits = fails,
        .size = (uint8_t)asked->size,
        .cause = NO_EVENT,
        .operand = asked->operand != NULL ? value_of(asked->operand, asked->size) : 0,
        .expected = asked->expected != NULL ? value_of(asked->expected, asked->size) : 0,
    };
}

/* A wrong address is to crash here, where that is a step (see end.c), and not
 * when the scheduler asks. */
static struct event *begin(const struct access_asked *asked)
{
    struct label label;

    (void)*(const volatile uint8_t *)asked->at;
    if (growth_is_on())
        label = label_of(asked, asked->for_nothing);
    return step(&(const struct request){
        .op = {.kind = asked->kind,
               .place = asked->place,
               .touches = {{(uintptr_t)asked->at, (uint32_t)asked->size,
                            asked->operand != NULL ? TOUCH_CHANGE : TOUCH_LOOK}}},
        .idle = is_idle,
        .look = is_look,
        .passes = asked->kind == OP_READ || waits_in_buffer(asked),
        .about = asked,
        .label = &label,
    });
}

/* A compare-exchange is as weak as its weaker half, whichever it was. */
static bool is_weak(const struct access_asked *asked)
{
    return asked->order != memory_order_seq_cst ||
           (asked->expected != NULL && asked->failure != memory_order_seq_cst);
}

static void note_access(const struct access_asked *asked, bool write)
{
    enum access access = write ? ACCESS_ATOMIC_WRITE : ACCESS_ATOMIC_READ;

    if (is_weak(asked))
        access = write ? ACCESS_WEAK_WRITE : ACCESS_WEAK_READ;
    race_access((uintptr_t)asked->at, asked->size, access, asked->place);
}

static bool is_seen(void)
{
    return me != NULL && me->inside == 0;
}

/* What the thread's step reads: of a graph, or what is there. */
static void get(void *value, const volatile void *at, size_t size, const struct event *event)
{
    uint64_t read;

    if (event != NULL && buffer_is_on() && buffer_get((uintptr_t)at, size, &read)) {
        copy(value, &read, size);
        return;
    }
    if (event == NULL || !growth_is_on()) {
        copy(value, at, size);
        return;
    }
    read = growth_read();
    copy(value, &read, size);
}

static void load(const struct access_asked *asked, void *value)
{
    struct event *event = is_seen() ? begin(asked) : NULL;

    get(value, asked->at, asked->size, event);
    if (event == NULL)
        return;
    note_access(asked, false);
    event->value = value_of(value, asked->size);
    message_receive(asked->at, asked->order);
}

/* Memory holds what was written last, in co. */
static void put(volatile void *at, const struct access_asked *asked, struct event *event)
{
    uint64_t value;

    if (event != NULL && waits_in_buffer(asked)) {
        buffer_put(&(const struct waiting_store){(uintptr_t)at, asked->place, (uint32_t)asked->size,
                                                 value_of(asked->operand, asked->size)});
        event->buffered = true;
        return;
    }
    if (event == NULL || !growth_is_on()) {
        change(at, asked);
        return;
    }
    value = growth_written();
    event->idle = asked->kind == OP_UPDATE && growth_read() == value;
    if (growth_is_last())
        copy(at, &value, asked->size);
}

/* A store, or an update that does not fail. */
static void alter(volatile void *at, const struct access_asked *asked, struct event *event,
                  void *old)
{
    bool update = asked->kind == OP_UPDATE;

    if (old != NULL)
        get(old, at, asked->size, event);
    put(at, asked, event);
    if (event == NULL)
        return;
    note_access(asked, true);
    event->failed = update && event->idle;
    event->value = value_of(event->buffered ? asked->operand : at, asked->size);
    me->writes += !event->idle;
    if (update)
        message_receive(at, asked->order);
    message_send(at, asked->order, update);
}

static void store(volatile void *at, const void *value, size_t size, int order, uintptr_t place)
{
    const struct access_asked asked = {
        .at = at, .size = size, .operand = value, .order = order, .kind = OP_WRITE, .place = place};

    alter(at, &asked, is_seen() ? begin(&asked) : NULL, NULL);
}

static void update(volatile void *at, size_t size, enum how how, const void *operand, void *old,
                   int order, uintptr_t place)
{
    const struct access_asked asked = {.at = at,
                                       .size = size,
                                       .how = how,
                                       .operand = operand,
                                       .order = order,
                                       .kind = OP_UPDATE,
                                       .place = place};

    alter(at, &asked, is_seen() ? begin(&asked) : NULL, old);
}

/* What weak.h says of the compare-exchange that comes next. */
static _Thread_local bool next_is_weak, failed_for_nothing;

void __tsan_weak(int is_weak)
{
    next_is_weak = is_weak;
    failed_for_nothing = false;
}

int __tsan_weak_failed(void)
{
    return failed_for_nothing;
}

static bool take_weakness(void)
{
    bool weak = next_is_weak;

    next_is_weak = false;
    return weak;
}

/* Is this one to fail without cause? A loop around it is not where it was. */
static bool fails_for_nothing(void)
{
    failed_for_nothing = step_wakes_without_cause();
    me->writes += failed_for_nothing;
    return failed_for_nothing;
}

/* Of what is passed by its address there is a copy meanwhile. */
enum { SIZE_MOST = 256 };

static void check_size(size_t size, uintptr_t place)
{
    if (size > SIZE_MOST)
        run_refuse(place, "has an atomic of more than %d bytes", SIZE_MOST);
}

static bool is_on_stack(const void *at)
{
    uintptr_t here = (uintptr_t)__builtin_frame_address(0);

    return (uintptr_t)at >= here && (uintptr_t)at < (uintptr_t)me->stack;
}

/* Values that are passed by their address, wherever the program has them, are read
 * and written as plain ones; those on the thread's stack are part of its state as
 * they are (spin.c). */
static void plain_read(void *value, const void *at, size_t size, uintptr_t place)
{
    if (is_seen() && !is_on_stack(at))
        plain_access(at, size, 0, place);
    copy(value, at, size);
}

static void plain_write(void *at, const void *value, size_t size, uintptr_t place)
{
    if (is_seen() && !is_on_stack(at))
        plain_access(at, size, 1, place);
    copy(at, value, size);
}

/* The same, by what the graph says. Whether it fails without cause is chosen before it
 * reads. */
static bool swap_in_graph(struct access_asked *asked, void *expected, bool weak)
{
    volatile void *at = (volatile void *)(uintptr_t)asked->at;
    struct event *event;

    asked->for_nothing = weak && step_wakes_without_cause();
    failed_for_nothing = asked->for_nothing;
    event = begin(asked);
    if (growth_writes()) {
        alter(at, asked, event, NULL);
        return true;
    }
    get(expected, at, asked->size, event);
    note_access(asked, false);
    event->failed = true;
    event->value = growth_read();
    message_receive(at, asked->failure);
    return false;
}

/* `expected` becomes what was there. */
static bool swap_value(volatile void *at, size_t size, void *expected, const void *desired,
                       bool weak, int order, int failure, uintptr_t place)
{
    struct access_asked asked = {.at = at,
                                 .size = size,
                                 .operand = desired,
                                 .expected = expected,
                                 .order = order,
                                 .failure = failure,
                                 .kind = OP_UPDATE,
                                 .place = place};
    struct event *event;

    if (growth_is_on() && is_seen())
        return swap_in_graph(&asked, expected, weak);
    event = is_seen() ? begin(&asked) : NULL;
    if (!fails(&asked) && !(weak && event != NULL && fails_for_nothing())) {
        alter(at, &asked, event, NULL);
        return true;
    }
    copy(expected, at, size);
    if (event != NULL) {
        note_access(&asked, false);
        event->failed = true;
        event->value = value_of(at, size);
        message_receive(at, failure);
    }
    return false;
}

/* A failed one writes `expected`, and a strong one only then. */
static bool swap(volatile void *at, size_t size, void *expected, const void *desired, bool weak,
                 int order, int failure, uintptr_t place)
{
    unsigned char value[SIZE_MOST];
    bool swapped;

    next_is_weak = false; /* the hook says it */
    check_size(size, place);
    plain_read(value, expected, size, place);
    swapped = swap_value(at, size, value, desired, weak, order, failure, place);
    if (!swapped)
        plain_write(expected, value, size, place);
    return swapped;
}

/* What the compilers call --------------------------------------------------------- */

#define DEFINE_UPDATE(bits, type, name, how) \
    type __tsan_atomic##bits##_##name(volatile type *at, type operand, int order) \
    { \
        type old; \
        update(at, sizeof *at, how, &operand, &old, order, HERE); \
        return old; \
    }

#define DEFINE_ATOMIC(bits, type) \
    type __tsan_atomic##bits##_load(const volatile type *at, int order) \
    { \
        type value; \
        load(&(const struct access_asked){.at = at, \
                                          .size = sizeof *at, \
                                          .order = order, \
                                          .kind = OP_READ, \
                                          .place = HERE}, \
             &value); \
        return value; \
    } \
    void __tsan_atomic##bits##_store(volatile type *at, type value, int order) \
    { \
        store(at, &value, sizeof *at, order, HERE); \
    } \
    DEFINE_UPDATE(bits, type, exchange, REPLACE) \
    DEFINE_UPDATE(bits, type, fetch_add, ADD) \
    DEFINE_UPDATE(bits, type, fetch_sub, SUB) \
    DEFINE_UPDATE(bits, type, fetch_and, AND) \
    DEFINE_UPDATE(bits, type, fetch_or, OR) \
    DEFINE_UPDATE(bits, type, fetch_xor, XOR) \
    DEFINE_UPDATE(bits, type, fetch_nand, NAND) \
    type __tsan_atomic##bits##_compare_exchange_val(volatile type *at, type expected, \
                                                    type desired, int order, int failure) \
    { \
        swap_value(at, sizeof *at, &expected, &desired, take_weakness(), order, failure, HERE); \
        return expected; \
    } \
    int __tsan_atomic##bits##_compare_exchange_strong(volatile type *at, type *expected, \
                                                      type desired, int order, int failure) \
    { \
        return swap(at, sizeof *at, expected, &desired, false, order, failure, HERE); \
    } \
    int __tsan_atomic##bits##_compare_exchange_weak(volatile type *at, type *expected, \
                                                    type desired, int order, int failure) \
    { \
        return swap(at, sizeof *at, expected, &desired, true, order, failure, HERE); \
    }

DEFINE_ATOMIC(8, uint8_t)
DEFINE_ATOMIC(16, uint16_t)
DEFINE_ATOMIC(32, uint32_t)
DEFINE_ATOMIC(64, uint64_t)
DEFINE_ATOMIC(128, wide)

void atomic_load_any(size_t size, const volatile void *at, void *value, int order)
{
    unsigned char now[SIZE_MOST];

    check_size(size, HERE);
    load(&(const struct access_asked){.at = at,
                                      .size = size,
                                      .order = order,
                                      .kind = OP_READ,
                                      .place = HERE},
         now);
    plain_write(value, now, size, HERE);
}

void atomic_store_any(size_t size, volatile void *at, const void *value, int order)
{
    unsigned char wanted[SIZE_MOST];

    check_size(size, HERE);
    plain_read(wanted, value, size, HERE);
    store(at, wanted, size, order, HERE);
}

void atomic_exchange_any(size_t size, volatile void *at, const void *value, void *old, int order)
{
    unsigned char wanted[SIZE_MOST], was[SIZE_MOST];

    check_size(size, HERE);
    plain_read(wanted, value, size, HERE);
    update(at, size, REPLACE, wanted, was, order, HERE);
    plain_write(old, was, size, HERE);
}

bool atomic_compare_exchange_any(size_t size, volatile void *at, void *expected,
                                 const void *desired, int order, int failure)
{
    unsigned char wanted[SIZE_MOST];
    bool weak = take_weakness();

    check_size(size, HERE);
    plain_read(wanted, desired, size, HERE);
    return swap(at, size, expected, wanted, weak, order, failure, HERE);
}

bool atomic_is_lock_free_any(size_t size, const volatile void *at)
{
    return size <= 8 && (size & (size - 1)) == 0 && (uintptr_t)at % (size > 0 ? size : 1) == 0;
}

/* C17, H.5: what a compound assignment of floating atomics raises, is raised. */
void __atomic_feraiseexcept(int exceptions)
{
    _mm_setcsr(_mm_getcsr() | ((unsigned)exceptions & _MM_EXCEPT_MASK));
}
