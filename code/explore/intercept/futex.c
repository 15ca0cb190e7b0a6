/*
 * Futexes, as a program calls them with syscall(2): wait, wait_bitset (for
 * its absolute limits) and wake. Whom a wake-up wakes is a choice: the kernel
 * promises no order; nor that somebody woke who was woken (futex(2)).
 */
#define _GNU_SOURCE
#include <errno.h>
#include <linux/futex.h>
#include <stdarg.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "explore/base/real.h"
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

static long wait_until(const volatile int *word, int value, int64_t deadline_ns, uintptr_t place)
{
    struct object *futex = object_at(word, OBJECT_FUTEX);
    thread_set self = (thread_set)1 << me->id;
    bool timed = deadline_ns < INT64_MAX;

    if (!begin_to_wait(word, value, place))
        return fail(EAGAIN);
    if (step_wakes_without_cause())
        return 0;
    futex->waiters |= self;
    me->signalled = false;
    timed_sleep[me->id] = timed;
    step(&(const struct request){
        .op = {.kind = OP_FUTEX_RESUME,
               .place = place,
               .touches = {queue_touch(word, timed ? TOUCH_LOOK : TOUCH_NONE)}},
        .ready = may_resume,
        .lazy = is_unsignalled,
        .deadline_ns = deadline_ns,
    });
    futex->waiters &= ~self;
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
}

static unsigned nth(thread_set set, unsigned n)
{
    while (n-- > 0)
        set &= set - 1;
    return (unsigned)__builtin_ctz(set);
}

static long wake(const volatile int *word, int most, uintptr_t place)
{
    struct object *futex = object_at(word, OBJECT_FUTEX);
    struct event *event = step(&(const struct request){
        .op = {.kind = OP_FUTEX_WAKE, .place = place, .touches = {queue_touch(word, TOUCH_CHANGE)}},
    });
    int count = __builtin_popcount(futex->waiters);

    if (most > 1 && count > most)
        run_refuse(place, "wakes some of many threads at a futex: one or all can be explored");
    if (most == 1 && count > 1) {
        wake_up(futex, nth(futex->waiters, step_choose((unsigned)count)), event);
        return 1;
    }
    while (futex->waiters != 0 && most > 0)
        wake_up(futex, nth(futex->waiters, 0), event);
    return most > 0 ? count : 0;
}

static long futex(int *word, int operation, int value, const struct timespec *limit,
                  uintptr_t place)
{
    switch (operation & FUTEX_CMD_MASK) {
    case FUTEX_WAIT:
    case FUTEX_WAIT_BITSET:
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
    if (me == NULL || me->inside > 0 || number == SYS_gettid || number == SYS_getpid)
        return real.syscall(number, a[0], a[1], a[2], a[3], a[4], a[5]);
    if (number == SYS_futex)
        return futex((int *)a[0], (int)a[1], (int)a[2], (const struct timespec *)a[3], HERE);
    run_refuse(HERE, "calls syscall(%ld, ...)", number);
}
