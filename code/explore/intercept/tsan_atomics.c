/*
 * C11's atomics, as -fsanitize=thread calls them.
 *
 * Values are sequentially consistent: every thread sees every store at once,
 * whatever memory order the program asks for, so outcomes that only a weaker
 * order allows are not found; where there may be some, the record says so. And
 * the order asked for decides what a data race is: a relaxed load orders
 * nothing (C17, 5.1.2.4 and 7.17.3).
 */
#include <stdatomic.h>
#include <string.h>

#include "explore/intercept/tsan_atomics.h"
#include "explore/run/object.h"
#include "explore/run/races.h"

static bool acquires(int order)
{
    return order == memory_order_acquire || order == memory_order_consume ||
           order == memory_order_acq_rel || order == memory_order_seq_cst;
}

static bool releases(int order)
{
    return order == memory_order_release || order == memory_order_acq_rel ||
           order == memory_order_seq_cst;
}

static enum access access_of(enum op_kind kind, int order)
{
    if (order != memory_order_seq_cst)
        return kind == OP_READ ? ACCESS_WEAK_READ : ACCESS_WEAK_WRITE;
    return kind == OP_READ ? ACCESS_ATOMIC_READ : ACCESS_ATOMIC_WRITE;
}

static struct event *begin(const volatile void *at, uint32_t size, enum op_kind kind, int order,
                           uintptr_t place)
{
    struct event *event;

    if (me == NULL || me->inside > 0)
        return NULL;
    event = step_simple(kind, at, size, kind == OP_READ ? TOUCH_LOOK : TOUCH_CHANGE, place);
    race_access((uintptr_t)at, size, access_of(kind, order), place);
    if (kind != OP_READ)
        me->writes++;
    return event;
}

/* A compare-exchange is as weak as its weaker half. */
static int weaker(int order, int failure)
{
    return failure != memory_order_seq_cst ? failure : order;
}

/* What is read may be a message; it is received here, or at the next fence. */
static void receive(const volatile void *at, int order)
{
    const struct object *atomic = object_at(at, OBJECT_ATOMIC);

    if (acquires(order))
        clock_acquire(&atomic->released);
    else
        clock_join(&me->acquire_fence, &atomic->released);
}

/* A store begins a message, or with relaxed order none but that of the last
 * fence. An update adds to the one that is there (a release sequence). */
static void send(const volatile void *at, int order, bool update)
{
    struct object *atomic = object_at(at, OBJECT_ATOMIC);

    if (!update)
        memset(&atomic->released, 0, sizeof atomic->released);
    if (releases(order))
        clock_release(&atomic->released);
    else
        clock_join(&atomic->released, &me->release_fence);
}

static void did_read(struct event *event, const volatile void *at, int order, uint64_t value)
{
    if (event == NULL)
        return;
    event->value = value;
    receive(at, order);
}

static void did_write(struct event *event, const volatile void *at, int order, bool update,
                      uint64_t value)
{
    if (event == NULL)
        return;
    event->value = value;
    if (update)
        receive(at, order);
    send(at, order, update);
}

static void did_fail(struct event *event, const volatile void *at, int order, uint64_t value)
{
    if (event != NULL)
        event->failed = true;
    did_read(event, at, order, value);
}

/* An update that leaves everything as it was. */
static void did_nothing(struct event *event, bool nothing)
{
    if (event != NULL)
        event->failed = nothing;
}

void __tsan_atomic_thread_fence(int order)
{
    if (me == NULL)
        return;
    if (acquires(order))
        clock_acquire(&me->acquire_fence);
    if (releases(order))
        clock_release(&me->release_fence);
}

void __tsan_atomic_signal_fence(int order)
{
    (void)order;
}

#define DEFINE_UPDATE(bits, type, name, expression) \
    type __tsan_atomic##bits##_##name(volatile type *at, type operand, int order) \
    { \
        struct event *event = begin(at, sizeof *at, OP_UPDATE, order, HERE); \
        type old = *at; \
        *at = (type)(expression); \
        did_nothing(event, *at == old); \
        did_write(event, at, order, true, *at); \
        return old; \
    }

#define DEFINE_ATOMIC(bits, type) \
    type __tsan_atomic##bits##_load(const volatile type *at, int order) \
    { \
        struct event *event = begin(at, sizeof *at, OP_READ, order, HERE); \
        type value = *at; \
        did_read(event, at, order, value); \
        return value; \
    } \
    void __tsan_atomic##bits##_store(volatile type *at, type value, int order) \
    { \
        struct event *event = begin(at, sizeof *at, OP_WRITE, order, HERE); \
        *at = value; \
        did_write(event, at, order, false, value); \
    } \
    DEFINE_UPDATE(bits, type, exchange, operand) \
    DEFINE_UPDATE(bits, type, fetch_add, old + operand) \
    DEFINE_UPDATE(bits, type, fetch_sub, old - operand) \
    DEFINE_UPDATE(bits, type, fetch_and, old &operand) \
    DEFINE_UPDATE(bits, type, fetch_or, old | operand) \
    DEFINE_UPDATE(bits, type, fetch_xor, old ^ operand) \
    DEFINE_UPDATE(bits, type, fetch_nand, ~(old & operand)) \
    static int swap##bits(volatile type *at, type *expected, type desired, int order, int failure, \
                          uintptr_t place) \
    { \
        struct event *event = begin(at, sizeof *at, OP_UPDATE, weaker(order, failure), place); \
        type old = *at; \
        if (old != *expected) { \
            did_fail(event, at, failure, old); \
            *expected = old; \
            return 0; \
        } \
        *at = desired; \
        did_write(event, at, order, true, desired); \
        return 1; \
    } \
    type __tsan_atomic##bits##_compare_exchange_val(volatile type *at, type expected, \
                                                    type desired, int order, int failure) \
    { \
        swap##bits(at, &expected, desired, order, failure, HERE); \
        return expected; \
    } \
    int __tsan_atomic##bits##_compare_exchange_strong(volatile type *at, type *expected, \
                                                      type desired, int order, int failure) \
    { \
        return swap##bits(at, expected, desired, order, failure, HERE); \
    } \
    int __tsan_atomic##bits##_compare_exchange_weak(volatile type *at, type *expected, \
                                                    type desired, int order, int failure) \
    { \
        return swap##bits(at, expected, desired, order, failure, HERE); \
    }

DEFINE_ATOMIC(8, uint8_t)
DEFINE_ATOMIC(16, uint16_t)
DEFINE_ATOMIC(32, uint32_t)
DEFINE_ATOMIC(64, uint64_t)
