/*
 * Mutexes and spin locks.
 *
 * Locking again what one holds, recursively, is noticed by nobody and no step.
 *
 * Of the mutex itself only the kind is read, where glibc keeps it, so that
 * static initialisers work; and that the rest is as every initialiser leaves
 * it, as we never write there. Memory full of zeros is
 * PTHREAD_MUTEX_INITIALIZER, whoever made it so. Priorities do not exist here:
 * PTHREAD_PRIO_INHERIT changes nothing, nor does PTHREAD_PROCESS_SHARED, as there
 * is one process. With PTHREAD_PRIO_PROTECT whether a lock can be had at all goes by
 * the thread's priority, so that is refused.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <limits.h>

#include "explore/base/real.h"
#include "explore/intercept/calls.h"
#include "explore/intercept/given.h"
#include "explore/intercept/tsan_hooks.h"
#include "explore/run/growth.h"
#include "explore/run/mutex.h"
#include "explore/run/virtual_time.h"

enum {
    KIND_TYPE = 3,
    KIND_ROBUST = 16,
    KIND_PROTECT = 64, /* then the lock's word holds a priority */
    KINDS = 0x3f3,     /* all that glibc has */
    KIND_DESTROYED = -1
};

static struct object *held[THREADS_MOST]; /* each thread's robust ones, the latest first */

/* Locking a recursive one again is no step; only who waited on a condition
 * with such a one, locked twice and so never given up, comes here. */
static bool is_free(const struct thread *thread)
{
    const struct object *mutex = thread->request.about;

    return mutex->owner == NOBODY ||
           (mutex->owner == (int)thread->id && mutex->type == PTHREAD_MUTEX_RECURSIVE);
}

static bool is_taken(const struct thread *thread)
{
    return !is_free(thread);
}

static bool is_mine(const struct object *mutex)
{
    return mutex->owner == (int)me->id;
}

static void check(const struct object *mutex, uintptr_t place)
{
    if (mutex->destroyed)
        run_misuse(place, "uses a mutex that was destroyed");
}

static bool is_initialised(const pthread_mutex_t *mutex)
{
    int kind = mutex->__data.__kind;

    return (kind & ~KINDS) == 0 && (mutex->__data.__lock == 0 || (kind & KIND_PROTECT) != 0) &&
           mutex->__data.__count == 0 && mutex->__data.__owner == 0 &&
           mutex->__data.__nusers == 0 && mutex->__data.__list.__prev == NULL &&
           mutex->__data.__list.__next == NULL;
}

struct object *mutex_at(pthread_mutex_t *mutex, uintptr_t place)
{
    struct object *object = object_used(mutex, OBJECT_MUTEX, place);
    int kind = mutex->__data.__kind;

    if (kind == KIND_DESTROYED)
        run_misuse(place, "uses a mutex that was destroyed");
    if (!is_initialised(mutex))
        run_misuse(place, "uses a mutex that was not initialised");
    if ((kind & KIND_PROTECT) != 0)
        run_refuse(place, "uses a mutex with PTHREAD_PRIO_PROTECT");
    if (object->destroyed) /* a new one there, by an initialiser */
        object = object_new(mutex, OBJECT_MUTEX);
    object->type =
        (kind & KIND_TYPE) == PTHREAD_MUTEX_ADAPTIVE_NP ? PTHREAD_MUTEX_NORMAL : kind & KIND_TYPE;
    object->robust = (kind & KIND_ROBUST) != 0;
    return object;
}

bool mutex_is_checked(const struct object *mutex)
{
    return mutex->type != PTHREAD_MUTEX_NORMAL || mutex->robust;
}

struct request mutex_request(const struct object *mutex, enum op_kind kind, uintptr_t place)
{
    return (struct request){
        .op = {.kind = kind, .place = place, .touches = {{mutex->address, 1, TOUCH_CHANGE}}},
        .ready = kind == OP_LOCK ? is_free : NULL,
        .lazy = kind == OP_TIMEDLOCK ? is_taken : NULL,
        .about = mutex,
    };
}

int mutex_take(struct object *mutex)
{
    if (is_mine(mutex)) { /* was not given up: the step came while the others had to wait */
        record->events[record->event_count - 1].shut = SHUT_WRITE;
        mutex->depth++;
        return 0;
    }
    clock_acquire(&mutex->released);
    if (mutex->robustness == ROBUST_LOST)
        return ENOTRECOVERABLE;
    mutex->owner = (int)me->id;
    mutex->depth = 1;
    mutex->writes_before = me->writes;
    if (mutex->robust) {
        mutex->held_before = held[me->id];
        held[me->id] = mutex;
    }
    return mutex->robustness == ROBUST_OWNER_DEAD ? EOWNERDEAD : 0;
}

/* Robust ones need not be unlocked in the order of their locking. */
static void forget_held(const struct object *mutex)
{
    struct object **link = &held[me->id];

    while (*link != NULL && *link != mutex)
        link = &(*link)->held_before;
    if (*link != NULL)
        *link = mutex->held_before;
}

void mutex_give_up(struct object *mutex)
{
    if (--mutex->depth > 0)
        return;
    if (mutex->robust)
        forget_held(mutex);
    if (mutex->robustness == ROBUST_OWNER_DEAD)
        mutex->robustness = ROBUST_LOST; /* pthread_mutex_consistent(3p) */
    mutex->owner = NOBODY;
    clock_release(&mutex->released);
}

/* In the order of the kernel, the latest first (futex(2), robust lists). */
void mutex_abandon_all(void)
{
    while (held[me->id] != NULL) {
        struct object *mutex = held[me->id];

        step_simple(OP_ABANDON, (const void *)mutex->address, 1, TOUCH_CHANGE, 0);
        held[me->id] = mutex->held_before;
        mutex->owner = NOBODY;
        mutex->depth = 0;
        mutex->robustness = ROBUST_OWNER_DEAD;
        clock_release(&mutex->released);
    }
}

/* Once more, by who has it already: what locking says, or -1: it has not. */
static int lock_again(struct object *mutex, int fault)
{
    if (!is_mine(mutex) || mutex->type == PTHREAD_MUTEX_NORMAL)
        return -1;
    if (mutex->type == PTHREAD_MUTEX_ERRORCHECK)
        return fault;
    if (mutex->depth == UINT_MAX)
        return EAGAIN;
    mutex->depth++;
    return 0;
}

static int lock(struct object *mutex, uintptr_t place)
{
    int again = lock_again(mutex, EDEADLK);
    struct request request = mutex_request(mutex, OP_LOCK, place);

    if (again >= 0)
        return again;
    check(mutex, place);
    step(&request);
    check(mutex, place);
    return mutex_take(mutex);
}

static int trylock(struct object *mutex, uintptr_t place)
{
    int again = lock_again(mutex, EBUSY);
    struct request request = mutex_request(mutex, OP_TRYLOCK, place);
    struct event *event;

    if (again >= 0)
        return again;
    check(mutex, place);
    event = step(&request);
    check(mutex, place);
    event->failed = growth_is_on() ? !growth_writes() : mutex->owner != NOBODY;
    return event->failed ? EBUSY : mutex_take(mutex);
}

/* Whenever the step is taken while another has it, the limit has passed. That
 * the limit is none is noticed only then. */
static int timedlock(struct object *mutex, clockid_t clock, const struct timespec *limit,
                     uintptr_t place)
{
    int again = lock_again(mutex, EDEADLK);
    struct request request = mutex_request(mutex, OP_TIMEDLOCK, place);
    struct event *event;
    bool valid;

    given_reads(limit, place);
    valid = time_is_valid(limit);
    if (!time_is_limit_of(clock))
        return EINVAL;
    if (again >= 0)
        return again;
    check(mutex, place);
    request.deadline_ns = valid ? time_meant(clock, limit) : me->clock.time_ns;
    event = step(&request);
    event->failed = growth_is_on() ? !growth_writes() : event->failed;
    if (event->failed) {
        time_pass(request.deadline_ns);
        return valid ? ETIMEDOUT : EINVAL;
    }
    check(mutex, place);
    return mutex_take(mutex);
}

static int unlock(struct object *mutex, uintptr_t place)
{
    struct request request = mutex_request(mutex, OP_UNLOCK, place);

    if (!is_mine(mutex)) {
        if (!mutex_is_checked(mutex))
            run_misuse(place, mutex->owner == NOBODY
                                  ? "unlocks a mutex that is not locked"
                                  : "unlocks a mutex that another thread has locked");
        return EPERM;
    }
    if (mutex->depth == 1)
        step(&request);
    mutex_give_up(mutex);
    return 0;
}

/* For POSIX and C --------------------------------------------------------------- */

static bool is_seen(uintptr_t place)
{
    return me != NULL && !is_unwinder(place);
}

int mutex_lock(pthread_mutex_t *mutex, uintptr_t place)
{
    return is_seen(place) ? lock(mutex_at(mutex, place), place) : 0;
}

int mutex_trylock(pthread_mutex_t *mutex, uintptr_t place)
{
    return is_seen(place) ? trylock(mutex_at(mutex, place), place) : 0;
}

int mutex_timedlock(pthread_mutex_t *mutex, clockid_t clock, const struct timespec *limit,
                    uintptr_t place)
{
    return is_seen(place) ? timedlock(mutex_at(mutex, place), clock, limit, place) : 0;
}

int mutex_unlock(pthread_mutex_t *mutex, uintptr_t place)
{
    return is_seen(place) ? unlock(mutex_at(mutex, place), place) : 0;
}

int mutex_destroy(pthread_mutex_t *mutex, uintptr_t place)
{
    struct object *object;

    if (me == NULL)
        return 0;
    object = mutex_at(mutex, place);
    step_simple(OP_DESTROY, mutex, 1, TOUCH_CHANGE, place);
    check(object, place);
    if (object->owner != NOBODY)
        run_misuse(place, "destroys a mutex that is locked");
    object->destroyed = true;
    mutex->__data.__kind = KIND_DESTROYED;
    return 0;
}

int pthread_mutex_init(pthread_mutex_t *mutex, const pthread_mutexattr_t *attr)
{
    int err;

    if (me != NULL && object_before_init(mutex, OBJECT_MUTEX, HERE)->owner != NOBODY)
        run_misuse(HERE, "initialises a mutex that is locked");
    if (me != NULL && attr != NULL)
        plain_access(attr, sizeof *attr, 0, HERE);
    err = real.pthread_mutex_init(mutex, attr);
    if (err == 0 && me != NULL)
        object_init(mutex, OBJECT_MUTEX, HERE);
    return err;
}

int pthread_mutex_destroy(pthread_mutex_t *mutex)
{
    return mutex_destroy(mutex, HERE);
}

int pthread_mutex_lock(pthread_mutex_t *mutex)
{
    return mutex_lock(mutex, HERE);
}

int pthread_mutex_trylock(pthread_mutex_t *mutex)
{
    return mutex_trylock(mutex, HERE);
}

int pthread_mutex_timedlock(pthread_mutex_t *restrict mutex, const struct timespec *restrict limit)
{
    return mutex_timedlock(mutex, CLOCK_REALTIME, limit, HERE);
}

int pthread_mutex_clocklock(pthread_mutex_t *restrict mutex, clockid_t clock,
                            const struct timespec *restrict limit)
{
    return mutex_timedlock(mutex, clock, limit, HERE);
}

int pthread_mutex_unlock(pthread_mutex_t *mutex)
{
    return mutex_unlock(mutex, HERE);
}

/* Whoever has it may do so; nobody else notices before it is unlocked. */
int pthread_mutex_consistent(pthread_mutex_t *mutex)
{
    struct object *object;

    if (me == NULL)
        return 0;
    object = mutex_at(mutex, HERE);
    if (!is_mine(object) || object->robustness != ROBUST_OWNER_DEAD)
        return EINVAL;
    object->robustness = ROBUST_SOUND;
    return 0;
}

/* Spin locks --------------------------------------------------------------------- */

/* A spin lock is a mutex whose waiting costs more. It has no initialiser. */
static struct object *spin_at(pthread_spinlock_t *spin, uintptr_t place)
{
    struct object *object = object_used(spin, OBJECT_MUTEX, place);

    if (object->destroyed)
        run_misuse(place, "uses a spin lock that was destroyed");
    if (!object->initialised)
        run_misuse(place, "uses a spin lock that was not initialised");
    object->type = PTHREAD_MUTEX_NORMAL;
    return object;
}

int pthread_spin_init(pthread_spinlock_t *spin, int shared)
{
    (void)shared;
    if (me != NULL && object_before_init(spin, OBJECT_MUTEX, HERE)->owner != NOBODY)
        run_misuse(HERE, "initialises a spin lock that is locked");
    if (me != NULL)
        object_init(spin, OBJECT_MUTEX, HERE)->initialised = true;
    return 0;
}

int pthread_spin_destroy(pthread_spinlock_t *spin)
{
    struct object *object;

    if (me == NULL)
        return 0;
    object = spin_at(spin, HERE);
    step_simple(OP_DESTROY, spin, 1, TOUCH_CHANGE, HERE);
    if (object->owner != NOBODY)
        run_misuse(HERE, "destroys a spin lock that is locked");
    object->destroyed = true;
    return 0;
}

int pthread_spin_lock(pthread_spinlock_t *spin)
{
    return me != NULL ? lock(spin_at(spin, HERE), HERE) : 0;
}

int pthread_spin_trylock(pthread_spinlock_t *spin)
{
    return me != NULL ? trylock(spin_at(spin, HERE), HERE) : 0;
}

int pthread_spin_unlock(pthread_spinlock_t *spin)
{
    return me != NULL ? unlock(spin_at(spin, HERE), HERE) : 0;
}
