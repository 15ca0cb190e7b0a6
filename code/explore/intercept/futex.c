/*
 * Futexes, as a program calls them with syscall(2): wait, wait_bitset (for
 * its absolute limits) and wake. Whom a wake-up wakes is a choice: the kernel
 * promises no order; nor that somebody woke who was woken (futex(2)).
 *
 * The kernel looks at the word, and begins to wait or wakes, with the queue locked. In
 * a graph this lock is there (see OP_RELEASE): who comes behind a waker finds what that
 * has written.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <linux/futex.h>
#include <stdarg.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "explore/base/real.h"
#include "explore/intercept/given.h"
#include "explore/run/growth.h"
#include "explore/run/object.h"
#include "explore/run/virtual_time.h"

static bool timed_sleep[THREADS_MOST]; /* of each thread that sleeps */

/* The queue of those who wait is a thing of its own beside the word. */
static struct touch queue_touch(const volatile void *word, enum touch_mode mode)
{
    return (struct touch){(uintptr_t)word ^ (uintptr_t)1 << 62, 1, mode};
}

static bool may_resume(const struct thread *thread)
{
    return timed_sleep[thread->id] || thread->signalled;
}

static bool is_unsignalled(const struct thread *thread)
{
    return !thread->signalled;
}

static long fail(int err)
{
    errno = err;
    return -1;
}

static void leave_section(const volatile void *word, uintptr_t place)
{
    if (growth_is_on())
        step(&(const struct request){
            .op = {.kind = OP_RELEASE,
                   .place = place,
                   .touches = {queue_touch(word, TOUCH_CHANGE)}},
        });
}

/* In a graph, with the queue's lock. */
static int look_at(const volatile int *word, uintptr_t place)
{
    const struct label label = {.kind = LABEL_READ,
                                .order = memory_order_relaxed,
                                .size = sizeof *word,
                                .cause = NO_EVENT};

    step(&(const struct request){
        .op = {.kind = OP_READ,
               .place = place,
               .touches = {{(uintptr_t)word, sizeof *word, TOUCH_LOOK}}},
        .label = &label,
    });
    return (int)growth_read();
}

static void join_waiters(struct object *futex, bool timed)
{
    futex->waiters |= bit(me->id);
    me->signalled = false;
    timed_sleep[me->id] = timed;
}

/* Nobody comes between the looking and the waiting. Whether it wakes without cause is
 * chosen before: what others find must follow from steps alone. */
static int begin_in_graph(const volatile int *word, int value, bool timed, uintptr_t place)
{
    bool awake = step_wakes_without_cause(), waits;

    step(&(const struct request){
        .op = {.kind = OP_FUTEX_WAIT, .place = place, .touches = {queue_touch(word, TOUCH_LOOK)}},
    });
    waits = look_at(word, place) == value;
    if (waits && !awake)
        join_waiters(object_at(word, OBJECT_FUTEX), timed);
    leave_section(word, place);
    return waits ? awake : -1;
}

static bool begin_to_wait(const volatile int *word, int value, uintptr_t place)
{
    struct event *event = step(&(const struct request){
        .op = {.kind = OP_FUTEX_WAIT,
               .place = place,
               .touches = {{(uintptr_t)word, sizeof *word, TOUCH_LOOK},
                           queue_touch(word, TOUCH_LOOK)}},
    });

    event->value = (uint64_t)(unsigned)*word;
    event->failed = *word != value;
    return !event->failed;
}

/* 1: it is awake again, without cause; -1: the word is another. */
static int begin_by_steps(const volatile int *word, int value, bool timed, uintptr_t place)
{
    if (!begin_to_wait(word, value, place))
        return -1;
    if (step_wakes_without_cause())
        return 1;
    join_waiters(object_at(word, OBJECT_FUTEX), timed);
    return 0;
}

static long wait_until(const volatile int *word, int value, int64_t deadline_ns, uintptr_t place)
{
    struct object *futex = object_at(word, OBJECT_FUTEX);
    bool timed = deadline_ns < INT64_MAX;
    int awake = growth_is_on() ? begin_in_graph(word, value, timed, place)
                               : begin_by_steps(word, value, timed, place);

    if (awake != 0)
        return awake > 0 ? 0 : fail(EAGAIN);
    step(&(const struct request){
        .op = {.kind = OP_FUTEX_RESUME,
               .place = place,
               .touches = {queue_touch(word, timed ? TOUCH_LOOK : TOUCH_NONE)}},
        .ready = may_resume,
        .lazy = is_unsignalled,
        .deadline_ns = deadline_ns,
    });
    futex->waiters &= ~bit(me->id);
    if (timed)
        leave_section(word, place);
    if (me->signalled)
        return 0;
    time_pass(deadline_ns);
    return fail(ETIMEDOUT);
}

static int64_t deadline(int operation, const struct timespec *limit)
{
    clockid_t clock = (operation & FUTEX_CLOCK_REALTIME) != 0 ? CLOCK_REALTIME : CLOCK_MONOTONIC;

    if (limit == NULL)
        return INT64_MAX;
    if ((operation & FUTEX_CMD_MASK) == FUTEX_WAIT_BITSET)
        return time_meant(clock, limit);
    return me->clock.time_ns + limit->tv_sec * 1000000000 + limit->tv_nsec;
}

static void wake_up(struct object *futex, unsigned waiter, struct event *event)
{
    futex->waiters &= ~((thread_set)1 << waiter);
    threads[waiter].signalled = true;
    if (threads[waiter].clock.time_ns < me->clock.time_ns)
        threads[waiter].clock.time_ns = me->clock.time_ns;
    event->wakes |= (thread_set)1 << waiter;
    if (growth_is_on())
        growth_woke(waiter);
}

static long wake(const volatile int *word, int most, uintptr_t place)
{
    struct object *futex = object_at(word, OBJECT_FUTEX);
    struct event *event = step(&(const struct request){
        .op = {.kind = OP_FUTEX_WAKE, .place = place, .touches = {queue_touch(word, TOUCH_CHANGE)}},
    });
    int count = most > 0 ? __builtin_popcount(futex->waiters) : 0;

    if (most > 1 && count > most)
        run_refuse(place, "wakes some of many threads at a futex: one or all can be explored");
    if (most == 1 && count > 1) {
        wake_up(futex, threads_nth(futex->waiters, step_choose((unsigned)count)), event);
        count = 1;
    } else {
        while (futex->waiters != 0 && count > 0)
            wake_up(futex, threads_nth(futex->waiters, 0), event);
    }
    leave_section(word, place);
    return count;
}

static long futex(int *word, int operation, int value, const struct timespec *limit,
                  uintptr_t place)
{
    switch (operation & FUTEX_CMD_MASK) {
    case FUTEX_WAIT:
    case FUTEX_WAIT_BITSET:
        given_reads(limit, place);
        if (limit != NULL && !time_is_valid(limit))
            return fail(EINVAL);
        return wait_until(word, value, deadline(operation, limit), place);
    case FUTEX_WAKE:
    case FUTEX_WAKE_BITSET:
        return wake(word, value, place);
    default:
        run_refuse(place, "calls futex(2) with operation %d", operation & FUTEX_CMD_MASK);
    }
}

long syscall(long number, ...)
{
    va_list args;
    long a[6];

    va_start(args, number);
    for (int i = 0; i < 6; i++)
        a[i] = va_arg(args, long);
    va_end(args);
    if (me != NULL && me->inside == 0 && (number == SYS_gettid || number == SYS_getpid))
        return number == SYS_gettid ? gettid() : getpid();
    if (me == NULL || me->inside > 0)
        return real.syscall(number, a[0], a[1], a[2], a[3], a[4], a[5]);
    if (number == SYS_futex)
        return futex((int *)a[0], (int)a[1], (int)a[2], (const struct timespec *)a[3], HERE);
    run_refuse(HERE, "calls syscall(%ld, ...)", number);
}
