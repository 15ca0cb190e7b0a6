/*
 * Mutexes and spin locks.
 *
 * Locking again what one holds, recursively, is noticed by nobody and no step.
 */
#define _GNU_SOURCE
#include <errno.h>

#include "explore/base/real.h"
#include "explore/run/mutex.h"
#include "explore/run/virtual_time.h"

static bool is_free(const struct thread *thread)
{
    const struct object *mutex = thread->request.about;

    return mutex->owner == NOBODY;
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

/* The kind is where glibc keeps it, so static initialisers work as well. */
struct object *mutex_at(pthread_mutex_t *mutex)
{
    struct object *object = object_at(mutex, OBJECT_MUTEX);

    object->type = mutex->__data.__kind & 3;
    return object;
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

void mutex_take(struct object *mutex)
{
    mutex->owner = (int)me->id;
    mutex->depth = 1;
    mutex->writes_before = me->writes;
    clock_acquire(&mutex->released);
}

unsigned mutex_give_up(struct object *mutex)
{
    unsigned depth = mutex->depth;

    mutex->owner = NOBODY;
    mutex->depth = 0;
    clock_release(&mutex->released);
    return depth;
}

/* Once more, by who has it already: what locking says, or -1: it has not. */
static int lock_again(struct object *mutex, int fault)
{
    if (!is_mine(mutex) || mutex->type == PTHREAD_MUTEX_NORMAL)
        return -1;
    if (mutex->type == PTHREAD_MUTEX_ERRORCHECK)
        return fault;
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
    mutex_take(mutex);
    return 0;
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
    event->failed = mutex->owner != NOBODY;
    if (event->failed)
        return EBUSY;
    mutex_take(mutex);
    return 0;
}

/* Whenever the step is taken while another has it, the limit has passed. */
static int timedlock(struct object *mutex, clockid_t clock, const struct timespec *limit,
                     uintptr_t place)
{
    int again = lock_again(mutex, EDEADLK);
    struct request request = mutex_request(mutex, OP_TIMEDLOCK, place);

    if (again >= 0)
        return again;
    if (!time_is_valid(limit))
        return EINVAL;
    check(mutex, place);
    request.deadline_ns = time_meant(clock, limit);
    if (step(&request)->failed) {
        time_pass(request.deadline_ns);
        return ETIMEDOUT;
    }
    mutex_take(mutex);
    return 0;
}

static int unlock(struct object *mutex, uintptr_t place)
{
    struct request request = mutex_request(mutex, OP_UNLOCK, place);

    if (!is_mine(mutex)) {
        if (mutex->type == PTHREAD_MUTEX_NORMAL)
            run_misuse(place, mutex->owner == NOBODY
                                  ? "unlocks a mutex that is not locked"
                                  : "unlocks a mutex that another thread has locked");
        return EPERM;
    }
    if (mutex->depth > 1) {
        mutex->depth--;
        return 0;
    }
    step(&request);
    mutex_give_up(mutex);
    return 0;
}

/* POSIX ----------------------------------------------------------------------- */

static bool is_seen(uintptr_t place)
{
    return me != NULL && !is_unwinder(place);
}

int pthread_mutex_init(pthread_mutex_t *mutex, const pthread_mutexattr_t *attr)
{
    int err = real.pthread_mutex_init(mutex, attr);

    if (err == 0 && me != NULL)
        object_new(mutex, OBJECT_MUTEX);
    return err;
}

int pthread_mutex_destroy(pthread_mutex_t *mutex)
{
    struct object *object;

    if (me == NULL)
        return 0;
    object = mutex_at(mutex);
    step_simple(OP_DESTROY, mutex, 1, TOUCH_CHANGE, HERE);
    if (object->owner != NOBODY)
        return EBUSY;
    object->destroyed = true;
    return 0;
}

int pthread_mutex_lock(pthread_mutex_t *mutex)
{
    return is_seen(HERE) ? lock(mutex_at(mutex), HERE) : 0;
}

int pthread_mutex_trylock(pthread_mutex_t *mutex)
{
    return is_seen(HERE) ? trylock(mutex_at(mutex), HERE) : 0;
}

int pthread_mutex_timedlock(pthread_mutex_t *restrict mutex, const struct timespec *restrict limit)
{
    return me != NULL ? timedlock(mutex_at(mutex), CLOCK_REALTIME, limit, HERE) : 0;
}

int pthread_mutex_clocklock(pthread_mutex_t *restrict mutex, clockid_t clock,
                            const struct timespec *restrict limit)
{
    return me != NULL ? timedlock(mutex_at(mutex), clock, limit, HERE) : 0;
}

int pthread_mutex_unlock(pthread_mutex_t *mutex)
{
    return is_seen(HERE) ? unlock(mutex_at(mutex), HERE) : 0;
}

/* A spin lock is a mutex whose waiting costs more. */
static struct object *spin_at(pthread_spinlock_t *spin)
{
    struct object *object = object_at(spin, OBJECT_MUTEX);

    object->type = PTHREAD_MUTEX_NORMAL;
    return object;
}

int pthread_spin_init(pthread_spinlock_t *spin, int shared)
{
    (void)shared;
    if (me != NULL)
        object_new(spin, OBJECT_MUTEX);
    return 0;
}

int pthread_spin_destroy(pthread_spinlock_t *spin)
{
    if (me != NULL)
        step_simple(OP_DESTROY, spin, 1, TOUCH_CHANGE, HERE);
    return 0;
}

int pthread_spin_lock(pthread_spinlock_t *spin)
{
    return me != NULL ? lock(spin_at(spin), HERE) : 0;
}

int pthread_spin_trylock(pthread_spinlock_t *spin)
{
    return me != NULL ? trylock(spin_at(spin), HERE) : 0;
}

int pthread_spin_unlock(pthread_spinlock_t *spin)
{
    return me != NULL ? unlock(spin_at(spin), HERE) : 0;
}
