/*
 * Condition variables.
 *
 * A wait is two steps: OP_WAIT unlocks the mutex and begins to wait; the
 * second is OP_LOCK, which a signal makes out of the wait. With a time limit
 * there is OP_RESUME between them: whoever takes it before a signal came was
 * too late. A signal wakes any of those who wait: each is tried. Woken without
 * cause, a thread does not wait at all, it unlocks and locks.
 *
 * Waking is no synchronisation by itself, the mutex is: a program may always
 * be woken for nothing (pthread_cond_wait(3p)), so what a signaller did
 * outside of the mutex is a race even if the wake-up seems to order it.
 */
#define _GNU_SOURCE
#include <errno.h>

#include "explore/base/real.h"
#include "explore/run/mutex.h"
#include "explore/run/virtual_time.h"

struct wait {
    unsigned depth; /* how often the mutex was locked */
    struct object *condition, *mutex;
    bool timed;
    uintptr_t place;
};

static struct wait waits[THREADS_MOST]; /* of each thread that waits */

static bool may_resume(const struct thread *thread)
{
    const struct wait *wait = thread->request.about;

    return wait->timed || thread->signalled;
}

static bool is_unsignalled(const struct thread *thread)
{
    return !thread->signalled;
}

static struct object *condition_at(pthread_cond_t *condition, uintptr_t place)
{
    struct object *object = object_at(condition, OBJECT_CONDITION);

    if (object->destroyed)
        run_misuse(place, "uses a condition variable that was destroyed");
    return object;
}

/* Waiting --------------------------------------------------------------------- */

/* False when it is awake again, without cause. */
static bool begin_to_wait(struct wait *wait)
{
    step(&(const struct request){
        .op = {.kind = OP_WAIT,
               .place = wait->place,
               .touches = {{wait->condition->address, 1, TOUCH_LOOK},
                           {wait->mutex->address, 1, TOUCH_CHANGE}}},
    });
    if (wait->mutex->owner != (int)me->id)
        run_misuse(wait->place, "waits with a mutex that it has not locked");
    if (step_wakes_without_cause())
        return false;
    wait->condition->waiters |= (thread_set)1 << me->id;
    me->signalled = false;
    return true;
}

static void lock_again(const struct wait *wait)
{
    struct request request = mutex_request(wait->mutex, OP_LOCK, wait->place);

    step(&request);
}

/* POSIX: the cleanup handlers find the mutex locked. */
static void cancel_wait(void)
{
    struct wait *wait = &waits[me->id];

    wait->condition->waiters &= ~((thread_set)1 << me->id);
    lock_again(wait);
    mutex_take(wait->mutex);
    wait->mutex->depth = wait->depth;
}

/* True when it has the turn to lock already. */
static bool resume(const struct wait *wait, int64_t deadline_ns)
{
    struct event *event = step(&(const struct request){
        .op = {.kind = OP_RESUME,
               .place = wait->place,
               .touches = {{wait->condition->address, 1, TOUCH_LOOK}}},
        .ready = may_resume,
        .lazy = is_unsignalled,
        .cancel = cancel_wait,
        .about = wait,
        .deadline_ns = deadline_ns,
    });

    return event->op.kind == OP_LOCK;
}

static int wait_until(struct wait *wait, int64_t deadline_ns)
{
    bool began = begin_to_wait(wait), late = false;

    wait->depth = mutex_give_up(wait->mutex);
    if (!began) {
        lock_again(wait);
    } else if (!resume(wait, deadline_ns)) {
        wait->condition->waiters &= ~((thread_set)1 << me->id);
        late = wait->timed && !me->signalled;
        if (late)
            time_pass(deadline_ns);
        lock_again(wait);
    }
    mutex_take(wait->mutex);
    wait->mutex->depth = wait->depth;
    return late ? ETIMEDOUT : 0;
}

static int wait_for(pthread_cond_t *condition, pthread_mutex_t *mutex, clockid_t clock,
                    const struct timespec *limit, uintptr_t place)
{
    struct wait *wait = &waits[me->id];

    if (limit != NULL && !time_is_valid(limit))
        return EINVAL;
    *wait = (struct wait){
        .condition = condition_at(condition, place),
        .mutex = mutex_at(mutex),
        .timed = limit != NULL,
        .place = place,
    };
    return wait_until(wait, limit != NULL ? time_meant(clock, limit) : INT64_MAX);
}

/* Waking ---------------------------------------------------------------------- */

static unsigned count(thread_set set)
{
    return (unsigned)__builtin_popcount(set);
}

static unsigned nth(thread_set set, unsigned n)
{
    while (n-- > 0)
        set &= set - 1;
    return (unsigned)__builtin_ctz(set);
}

/* A wait without a limit becomes a lock; the other takes its own step. */
static void wake(struct object *condition, unsigned waiter, struct event *event)
{
    struct thread *thread = &threads[waiter];
    const struct wait *wait = &waits[waiter];

    condition->waiters &= ~((thread_set)1 << waiter);
    thread->signalled = true;
    if (thread->clock.time_ns < me->clock.time_ns)
        thread->clock.time_ns = me->clock.time_ns;
    if (!wait->timed) {
        thread->request = mutex_request(wait->mutex, OP_LOCK, wait->place);
        event->wakes |= (thread_set)1 << waiter;
    }
}

static int signal_one(struct object *condition, uintptr_t place)
{
    struct event *event =
        step_simple(OP_SIGNAL, (void *)condition->address, 1, TOUCH_CHANGE, place);
    unsigned waiters = count(condition->waiters);

    if (waiters > 0)
        wake(condition, nth(condition->waiters, waiters > 1 ? step_choose(waiters) : 0), event);
    return 0;
}

static int signal_all(struct object *condition, uintptr_t place)
{
    struct event *event =
        step_simple(OP_BROADCAST, (void *)condition->address, 1, TOUCH_CHANGE, place);

    while (condition->waiters != 0)
        wake(condition, nth(condition->waiters, 0), event);
    return 0;
}

/* POSIX ----------------------------------------------------------------------- */

int pthread_cond_init(pthread_cond_t *restrict condition, const pthread_condattr_t *restrict attr)
{
    clockid_t clock = CLOCK_REALTIME;
    int err = real.pthread_cond_init(condition, attr);

    if (attr != NULL)
        pthread_condattr_getclock(attr, &clock);
    if (err == 0 && me != NULL)
        object_new(condition, OBJECT_CONDITION)->clock = clock;
    return err;
}

int pthread_cond_destroy(pthread_cond_t *condition)
{
    struct object *object;

    if (me == NULL)
        return 0;
    object = condition_at(condition, HERE);
    step_simple(OP_DESTROY, condition, 1, TOUCH_CHANGE, HERE);
    if (object->waiters != 0)
        run_misuse(HERE, "destroys a condition variable that a thread waits for");
    object->destroyed = true;
    return 0;
}

int pthread_cond_wait(pthread_cond_t *restrict condition, pthread_mutex_t *restrict mutex)
{
    return me != NULL ? wait_for(condition, mutex, CLOCK_REALTIME, NULL, HERE) : 0;
}

int pthread_cond_timedwait(pthread_cond_t *restrict condition, pthread_mutex_t *restrict mutex,
                           const struct timespec *restrict limit)
{
    return wait_for(condition, mutex, object_at(condition, OBJECT_CONDITION)->clock, limit, HERE);
}

int pthread_cond_clockwait(pthread_cond_t *restrict condition, pthread_mutex_t *restrict mutex,
                           clockid_t clock, const struct timespec *restrict limit)
{
    return wait_for(condition, mutex, clock, limit, HERE);
}

int pthread_cond_signal(pthread_cond_t *condition)
{
    return me != NULL ? signal_one(condition_at(condition, HERE), HERE) : 0;
}

int pthread_cond_broadcast(pthread_cond_t *condition)
{
    return me != NULL ? signal_all(condition_at(condition, HERE), HERE) : 0;
}
