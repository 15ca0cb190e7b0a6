/*
 * Release sequences, and fences. A graph knows better which write was read: where
 * one grows, it is asked instead.
 */
#include <stdatomic.h>
#include <string.h>

#include "explore/intercept/message.h"
#include "explore/base/large.h"
#include "explore/graph/happens.h"
#include "explore/intercept/tsan_atomics.h"
#include "explore/run/growth.h"
#include "explore/run/growth_label.h"
#include "explore/run/object.h"
#include "explore/world/worlds.h"

/*
 * A release sequence that the value belongs to: C17, 5.1.2.4p10. It is headed
 * by a release of `thread`, and goes on with that thread's later stores and
 * with everybody's updates; a store of another thread ends it. Whoever reads
 * the value with acquire learns what its heads knew.
 */
struct head {
    struct head *next;
    unsigned thread;
    struct clock clock;
};

enum { HEADS = 1 << 14 };

LARGE static struct head heads[HEADS];
static struct head *free_heads;
static unsigned heads_used;

void message_memory(void)
{
    worlds_add(heads, sizeof heads);
}

static struct head *head_new(struct object *atomic)
{
    struct head *head = free_heads;

    if (head != NULL)
        free_heads = head->next;
    else if (heads_used == HEADS)
        run_refuse(0, "more than %d release sequences", HEADS);
    else
        head = &heads[heads_used++];
    memset(head, 0, sizeof *head);
    head->thread = me->id;
    head->next = atomic->heads;
    return atomic->heads = head;
}

/* The running thread's head; a store, which is no update, ends all others. */
static struct head *keep_heads(struct object *atomic, bool update)
{
    struct head **link = &atomic->heads, *mine = NULL;

    while (*link != NULL) {
        struct head *head = *link;

        if (head->thread == me->id)
            mine = head;
        if (head->thread == me->id || update) {
            link = &head->next;
        } else {
            *link = head->next;
            head->next = free_heads;
            free_heads = head;
        }
    }
    return mine;
}

bool message_fenced(const struct thread *thread)
{
    return thread->release_fence.ticks[thread->id] > 0;
}

/* A relaxed store behind a release fence is as if it were one (7.17.4p2). */
static void send_heads(const volatile void *at, memory_order order, bool update)
{
    struct object *atomic = object_at(at, OBJECT_ATOMIC);
    struct head *mine = keep_heads(atomic, update);

    if (!order_releases(order) && !message_fenced(me))
        return;
    if (mine == NULL)
        mine = head_new(atomic);
    if (order_releases(order))
        clock_release(&mine->clock);
    else
        clock_join(&mine->clock, &me->release_fence);
}

/* What is read may be a message; it is received here, or at the next fence. */
static void receive_heads(const volatile void *at, memory_order order)
{
    const struct object *atomic = object_at(at, OBJECT_ATOMIC);

    for (const struct head *head = atomic->heads; head != NULL; head = head->next)
        if (order_acquires(order))
            clock_acquire(&head->clock);
        else
            clock_join(&me->acquire_fence, &head->clock);
}

void message_send(const volatile void *at, int order, bool update)
{
    if (growth_is_on())
        growth_send(order_releases((memory_order)order));
    else
        send_heads(at, (memory_order)order, update);
}

void message_receive(const volatile void *at, int order)
{
    if (growth_is_on())
        growth_receive(order_acquires((memory_order)order));
    else
        receive_heads(at, (memory_order)order);
}

static void fence_in_graph(memory_order order, uintptr_t place)
{
    const struct label label = {.kind = LABEL_FENCE, .order = order, .cause = NO_EVENT};

    if ((growth_is_on() || (buffer_is_on() && order == memory_order_seq_cst)) && me->inside == 0)
        step(&(const struct request){.op = {.kind = OP_FENCE, .place = place}, .label = &label});
}

void message_publish(const volatile void *at)
{
    send_heads(at, memory_order_release, false);
}

void __tsan_atomic_thread_fence(int order)
{
    if (me == NULL)
        return;
    fence_in_graph((memory_order)order, HERE);
    if (order_acquires((memory_order)order))
        clock_acquire(&me->acquire_fence);
    if (order_releases((memory_order)order))
        clock_release(&me->release_fence);
}

/* Between a thread and its own signal handlers. */
void __tsan_atomic_signal_fence(int order)
{
    (void)order;
}
