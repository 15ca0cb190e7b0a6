/*
 * Condition variables.
 *
 * A wait is two steps: OP_WAIT unlocks the mutex and begins to wait; the
 * second is OP_LOCK, which a signal makes out of the wait. With a time limit
 * there is OP_RESUME between them: whoever takes it before a signal came was
 * too late. A signal wakes any of those who wait: each is tried. Woken without
 * cause, a thread does not wait at all, it unlocks and locks.
 *
 * In a graph the mutex is unlocked by a step of its own, and whether the thread wakes
 * without cause is chosen before: what others find at the condition must follow from
 * steps alone (see OP_RELEASE).
 *
 * Waking is no synchronisation by itself, the mutex is: a program may always
 * be woken for nothing (pthread_cond_wait(3p)), so what a signaller did
 * outside of the mutex is a race even if the wake-up seems to order it.
 */
#define _GNU_SOURCE
#include <errno.h>

#include "explore/base/real.h"
#include "explore/intercept/calls.h"
#include "explore/intercept/given.h"
#include "explore/intercept/tsan_hooks.h"
#include "explore/run/growth.h"
#include "explore/run/mutex.h"
#include "explore/run/virtual_time.h"

struct wait {
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

/* As with mutexes: glibc's initialisers leave zeros but for two flags, and we
 * write nothing there but that it was destroyed. */
enum { FLAGS = 3 };

static const unsigned destroyed_mark = ~0u;

static bool is_initialised(const pthread_cond_t *condition)
{
    pthread_cond_t copy = *condition;
    const char *bytes = (const char *)&copy;

    copy.__data.__wrefs &= ~(unsigned)FLAGS;
    for (size_t i = 0; i < sizeof copy; i++)
        if (bytes[i] != 0)
            return false;
    return true;
}

static struct object *condition_at(pthread_cond_t *condition, uintptr_t place)
{
    struct object *object = object_used(condition, OBJECT_CONDITION, place);

    if (condition->__data.__wrefs == destroyed_mark)
        run_misuse(place, "uses a condition variable that was destroyed");
    if (!is_initialised(condition))
        run_misuse(place, "uses a condition variable that was not initialised");
    if (object->destroyed) /* a new one there, by an initialiser */
        object = object_new(condition, OBJECT_CONDITION);
    return object;
}

/* Waiting --------------------------------------------------------------------- */

/* POSIX leaves open what becomes of waits with several mutexes at once. */
static void check_mutex(const struct wait *wait)
{
    for (unsigned i = 0; i < THREADS_MOST; i++)
        if ((wait->condition->waiters >> i & 1) != 0 && waits[i].mutex != wait->mutex)
            run_misuse(wait->place, "waits with another mutex than a thread that waits already");
}

/* EPERM where the mutex tells that it is not the thread's. */
static int check_owner(const struct wait *wait)
{
    if (wait->condition->destroyed)
        run_misuse(wait->place, "uses a condition variable that was destroyed");
    if (wait->mutex->owner == (int)me->id)
        return 0;
    if (!mutex_is_checked(wait->mutex))
        run_misuse(wait->place, "waits with a mutex that it has not locked");
    return EPERM;
}

/* Whether it was cancelled before tells whether it may wake without cause. */
static int ask_to_wait(const struct wait *wait)
{
    step(&(const struct request){
        .op = {.kind = OP_WAIT,
               .place = wait->place,
               .touches = {{wait->condition->address, 1, TOUCH_LOOK},
                           {wait->mutex->address, 1, TOUCH_CHANGE},
                           {(uintptr_t)&me->cancelled, 1, TOUCH_LOOK}}},
    });
    return check_owner(wait);
}

/* POSIX, 2.9.5.2: who was cancelled before it waits does not return from there. */
static bool must_end(void)
{
    return me->cancelled && !me->uncancellable;
}

/* False when it is awake again, without cause. */
static bool begin_to_wait(const struct wait *wait)
{
    bool awake = !must_end() && step_wakes_without_cause();

    check_mutex(wait);
    mutex_give_up(wait->mutex);
    if (awake)
        return false;
    wait->condition->waiters |= (thread_set)1 << me->id;
    me->signalled = false;
    return true;
}

static void lock_again(const struct wait *wait)
{
    struct request request = mutex_request(wait->mutex, OP_LOCK, wait->place);

    if (me->signalled)
        request.op.touches[2] = (struct touch){(uintptr_t)&me->cancelled, 1, TOUCH_LOOK};
    step(&request);
}

/* POSIX: the cleanup handlers find the mutex locked. */
static void cancel_wait(void)
{
    struct wait *wait = &waits[me->id];

    wait->condition->waiters &= ~((thread_set)1 << me->id);
    lock_again(wait);
    mutex_take(wait->mutex);
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

/* Who is cancelled when a signal has woken it may end there if nobody else waits, and
 * then that signal is nobody's; or it goes on, as here. */
static void doubt_cancelled(const struct wait *wait)
{
    if (me->signalled && must_end())
        run_doubt(wait->place, "is cancelled when a signal has woken it, and may end there");
}

static int wait_until(const struct wait *wait, int64_t deadline_ns)
{
    bool late = false, began;
    int err = ask_to_wait(wait);

    if (err != 0)
        return err;
    began = begin_to_wait(wait);
    if (!began) {
        lock_again(wait);
    } else if (!resume(wait, deadline_ns)) {
        wait->condition->waiters &= ~((thread_set)1 << me->id);
        late = wait->timed && !me->signalled;
        if (late)
            time_pass(deadline_ns);
        lock_again(wait);
    }
    if (began)
        doubt_cancelled(wait);
    err = mutex_take(wait->mutex);
    me->writes += !began && wait->timed; /* the next may end otherwise: no turn of a loop */
    return err != 0 ? err : late ? ETIMEDOUT : 0;
}

/* In a graph ------------------------------------------------------------------ */

static void leave_section(const struct object *condition, uintptr_t place)
{
    if (growth_is_on())
        step_simple(OP_RELEASE, (const void *)condition->address, 1, TOUCH_CHANGE, place);
}

static void join_waiters(const struct wait *wait)
{
    step(&(const struct request){
        .op = {.kind = OP_WAIT,
               .place = wait->place,
               .touches = {{wait->condition->address, 1, TOUCH_LOOK},
                           {wait->mutex->address, 1, TOUCH_CHANGE}}},
    });
    check_mutex(wait);
    wait->condition->waiters |= bit(me->id);
    me->signalled = false;
    leave_section(wait->condition, wait->place);
}

/* Is it too late for a signal? */
static bool leave_waiters(const struct wait *wait, int64_t deadline_ns)
{
    resume(wait, deadline_ns);
    if (!wait->timed)
        return false;
    wait->condition->waiters &= ~bit(me->id);
    leave_section(wait->condition, wait->place);
    if (me->signalled)
        return false;
    time_pass(deadline_ns);
    return true;
}

/* A mutex locked twice is not given up. */
static int lock_as_before(const struct wait *wait, bool given_up)
{
    if (given_up) {
        lock_again(wait);
        return mutex_take(wait->mutex);
    }
    wait->mutex->depth++;
    return 0;
}

static int wait_in_graph(const struct wait *wait, int64_t deadline_ns)
{
    struct request unlock = mutex_request(wait->mutex, OP_UNLOCK, wait->place);
    bool given_up = wait->mutex->depth == 1, late = false, awake;
    int err = check_owner(wait);

    if (err != 0)
        return err;
    awake = step_wakes_without_cause();
    if (!awake)
        join_waiters(wait);
    if (given_up)
        step(&unlock);
    mutex_give_up(wait->mutex);
    if (!awake)
        late = leave_waiters(wait, deadline_ns);
    err = lock_as_before(wait, given_up);
    me->writes += awake && wait->timed;
    return err != 0 ? err : late ? ETIMEDOUT : 0;
}

int condition_wait(pthread_cond_t *condition, pthread_mutex_t *mutex, clockid_t clock,
                   const struct timespec *limit, uintptr_t place)
{
    struct wait *wait;

    if (me == NULL)
        return 0;
    given_reads(limit, place);
    if (limit != NULL && (!time_is_valid(limit) || !time_is_limit_of(clock)))
        return EINVAL;
    wait = &waits[me->id];
    *wait = (struct wait){
        .condition = condition_at(condition, place),
        .mutex = mutex_at(mutex, place),
        .timed = limit != NULL,
        .place = place,
    };
    return (growth_is_on() ? wait_in_graph : wait_until)(wait, limit != NULL
                                                                   ? time_meant(clock, limit)
                                                                   : INT64_MAX);
}

/* Waking ---------------------------------------------------------------------- */

static unsigned count(thread_set set)
{
    return (unsigned)__builtin_popcount(set);
}

/* A wait without a limit becomes a lock, if it is not in a graph; the other takes its
 * own step. Neither is a cancellation point any more, as that would consume the signal
 * (POSIX). */
static void wake(struct object *condition, unsigned waiter, struct event *event)
{
    struct thread *thread = &threads[waiter];
    const struct wait *wait = &waits[waiter];

    condition->waiters &= ~((thread_set)1 << waiter);
    thread->signalled = true;
    if (thread->clock.time_ns < me->clock.time_ns)
        thread->clock.time_ns = me->clock.time_ns;
    if (growth_is_on()) {
        growth_woke(waiter);
        event->wakes |= bit(waiter);
    } else if (!wait->timed) {
        thread->request = mutex_request(wait->mutex, OP_LOCK, wait->place);
        event->wakes |= (thread_set)1 << waiter;
    }
    if (growth_is_on())
        return;
    thread->request.cancel = NULL;
    thread->request.op.touches[2] = (struct touch){(uintptr_t)&thread->cancelled, 1, TOUCH_LOOK};
}

int condition_signal(pthread_cond_t *condition, uintptr_t place)
{
    struct object *object;
    struct event *event;
    unsigned waiters;

    if (me == NULL)
        return 0;
    object = condition_at(condition, place);
    event = step_simple(OP_SIGNAL, condition, 1, TOUCH_CHANGE, place);
    waiters = count(object->waiters);
    if (waiters > 0)
        wake(object, threads_nth(object->waiters, waiters > 1 ? step_choose(waiters) : 0), event);
    leave_section(object, place);
    return 0;
}

int condition_broadcast(pthread_cond_t *condition, uintptr_t place)
{
    struct object *object;
    struct event *event;

    if (me == NULL)
        return 0;
    object = condition_at(condition, place);
    event = step_simple(OP_BROADCAST, condition, 1, TOUCH_CHANGE, place);
    while (object->waiters != 0)
        wake(object, threads_nth(object->waiters, 0), event);
    leave_section(object, place);
    return 0;
}

int condition_init(pthread_cond_t *condition, const pthread_condattr_t *attr, uintptr_t place)
{
    clockid_t clock = CLOCK_REALTIME;
    int err;

    if (me != NULL && object_before_init(condition, OBJECT_CONDITION, place)->waiters != 0)
        run_misuse(place, "initialises a condition variable that a thread waits for");
    if (me != NULL && attr != NULL)
        plain_access(attr, sizeof *attr, 0, place);
    err = real.pthread_cond_init(condition, attr);
    if (attr != NULL)
        pthread_condattr_getclock(attr, &clock);
    if (err == 0 && me != NULL)
        object_init(condition, OBJECT_CONDITION, place)->clock = clock;
    return err;
}

int condition_destroy(pthread_cond_t *condition, uintptr_t place)
{
    struct object *object;

    if (me == NULL)
        return 0;
    object = condition_at(condition, place);
    step_simple(OP_DESTROY, condition, 1, TOUCH_CHANGE, place);
    if (object->waiters != 0)
        run_misuse(place, "destroys a condition variable that a thread waits for");
    object->destroyed = true;
    condition->__data.__wrefs = destroyed_mark;
    return 0;
}

/* POSIX ----------------------------------------------------------------------- */

int pthread_cond_init(pthread_cond_t *restrict condition, const pthread_condattr_t *restrict attr)
{
    return condition_init(condition, attr, HERE);
}

int pthread_cond_destroy(pthread_cond_t *condition)
{
    return condition_destroy(condition, HERE);
}

int pthread_cond_wait(pthread_cond_t *restrict condition, pthread_mutex_t *restrict mutex)
{
    return condition_wait(condition, mutex, CLOCK_REALTIME, NULL, HERE);
}

int pthread_cond_timedwait(pthread_cond_t *restrict condition, pthread_mutex_t *restrict mutex,
                           const struct timespec *restrict limit)
{
    return condition_wait(condition, mutex, object_at(condition, OBJECT_CONDITION)->clock, limit,
                          HERE);
}

int pthread_cond_clockwait(pthread_cond_t *restrict condition, pthread_mutex_t *restrict mutex,
                           clockid_t clock, const struct timespec *restrict limit)
{
    return condition_wait(condition, mutex, clock, limit, HERE);
}

int pthread_cond_signal(pthread_cond_t *condition)
{
    return condition_signal(condition, HERE);
}

int pthread_cond_broadcast(pthread_cond_t *condition)
{
    return condition_broadcast(condition, HERE);
}
