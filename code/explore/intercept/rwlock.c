/*
 * Read-write locks, of glibc's three preferences (pthread_rwlockattr_setkind_np(3)).
 * With the default and PREFER_WRITER_NP, a reader never waits for a writer that
 * waits; who comes next after a writer is left open here, as POSIX leaves it.
 * With PREFER_WRITER_NONRECURSIVE_NP readers wait while a writer waits: so to
 * begin to wait is a step of its own there (OP_WRASK).
 *
 * Two readers do not notice each other.
 */
#define _GNU_SOURCE
#include <errno.h>

#include "explore/intercept/given.h"
#include "explore/intercept/tsan_hooks.h"
#include "explore/run/growth.h"
#include "explore/run/object.h"
#include "explore/run/virtual_time.h"

static bool can_read(const struct thread *thread)
{
    const struct object *lock = thread->request.about;

    return lock->owner == NOBODY && lock->waiters == 0;
}

static bool has_readers(const struct object *lock)
{
    for (unsigned i = 0; i < THREADS_MOST; i++)
        if (lock->holds[i] > 0)
            return true;
    return false;
}

static bool can_write(const struct thread *thread)
{
    const struct object *lock = thread->request.about;

    return lock->owner == NOBODY && !has_readers(lock);
}

static bool cannot_read(const struct thread *thread)
{
    return !can_read(thread);
}

static bool cannot_write(const struct thread *thread)
{
    return !can_write(thread);
}

/* As with mutexes: initialisers leave zeros but for two fields, and we write
 * nothing there but that it was destroyed. */
static const unsigned destroyed_mark = ~0u;

static bool is_initialised(const pthread_rwlock_t *lock)
{
    pthread_rwlock_t copy = *lock;
    const char *bytes = (const char *)&copy;

    if (lock->__data.__flags > PTHREAD_RWLOCK_PREFER_WRITER_NONRECURSIVE_NP)
        return false;
    copy.__data.__flags = 0;
    copy.__data.__shared = 0;
    for (size_t i = 0; i < sizeof copy; i++)
        if (bytes[i] != 0)
            return false;
    return true;
}

static void check(const struct object *lock, uintptr_t place)
{
    if (lock->destroyed)
        run_misuse(place, "uses a read-write lock that was destroyed");
}

static struct object *rwlock_at(pthread_rwlock_t *lock, uintptr_t place)
{
    struct object *object = object_used(lock, OBJECT_RWLOCK, place);

    if (lock->__data.__flags == destroyed_mark)
        run_misuse(place, "uses a read-write lock that was destroyed");
    if (!is_initialised(lock))
        run_misuse(place, "uses a read-write lock that was not initialised");
    if (object->destroyed) /* a new one there, by an initialiser */
        object = object_new(lock, OBJECT_RWLOCK);
    object->type = (int)lock->__data.__flags;
    return object;
}

/* Who would have had to wait, had it come before this step: see analysis.c. A reader
 * that gives up changes nothing for another that tries to read, so such a try says
 * of writers only what a writer does to them. */
static uint8_t shut(const struct object *lock, bool by_look)
{
    bool write = lock->owner != NOBODY || (!by_look && has_readers(lock));
    bool read = lock->owner != NOBODY || lock->waiters != 0;

    return (uint8_t)((read ? SHUT_READ : 0) | (write ? SHUT_WRITE : 0));
}

/* From here on no reader gets it, if that is its kind. */
static void ask_to_write(struct object *lock, uintptr_t place)
{
    struct event *event;

    if (lock->type != PTHREAD_RWLOCK_PREFER_WRITER_NONRECURSIVE_NP)
        return;
    event = step_simple(OP_WRASK, (const void *)lock->address, 1, TOUCH_CHANGE, place);
    event->shut = shut(lock, false);
    lock->waiters |= bit(me->id);
}

static void take(struct object *lock, bool write)
{
    clock_acquire(&lock->released);
    if (write) {
        clock_acquire(&lock->read);
        lock->owner = (int)me->id;
    } else {
        if (lock->holds[me->id] == UINT8_MAX)
            run_refuse(0, "locks a read-write lock %d times over", UINT8_MAX + 1);
        lock->holds[me->id]++;
    }
}

static int lock(pthread_rwlock_t *rwlock, bool write, uintptr_t place)
{
    struct object *object = rwlock_at(rwlock, place);
    struct event *event;

    if (object->owner == (int)me->id)
        return EDEADLK;
    if (write)
        ask_to_write(object, place);
    event = step(&(const struct request){
        .op = {.kind = write ? OP_WRLOCK : OP_RDLOCK,
               .place = place,
               .touches = {{(uintptr_t)rwlock, 1, write ? TOUCH_CHANGE : TOUCH_LOOK}}},
        .ready = write ? can_write : can_read,
        .about = object,
    });
    check(object, place);
    event->shut = write ? shut(object, false) : 0;
    object->waiters &= ~bit(me->id);
    take(object, write);
    return 0;
}

static bool has_failed(const struct object *lock, bool write)
{
    if (growth_is_on())
        return !growth_writes();
    return lock->owner != NOBODY || (write ? has_readers(lock) : lock->waiters != 0);
}

/* With a limit, or none: then a busy lock is an error at once. */
static int trylock(pthread_rwlock_t *rwlock, bool write, clockid_t clock,
                   const struct timespec *limit, uintptr_t place)
{
    struct object *object = rwlock_at(rwlock, place);
    struct request request = {
        .op = {.kind = write ? OP_TRYWRLOCK : OP_TRYRDLOCK,
               .place = place,
               .touches = {{(uintptr_t)rwlock, 1, write ? TOUCH_CHANGE : TOUCH_LOOK}}},
        .about = object,
    };
    struct event *event;

    given_reads(limit, place);
    if (limit != NULL) {
        if (!time_is_valid(limit) || !time_is_limit_of(clock))
            return EINVAL;
        if (object->owner == (int)me->id)
            return EDEADLK;
        if (write)
            ask_to_write(object, place);
        request.lazy = write ? cannot_write : cannot_read;
        request.deadline_ns = time_meant(clock, limit);
    }
    event = step(&request);
    check(object, place);
    event->shut = shut(object, !write);
    object->waiters &= ~bit(me->id);
    event->failed = has_failed(object, write);
    if (!event->failed)
        take(object, write);
    else if (limit != NULL)
        time_pass(request.deadline_ns);
    return !event->failed ? 0 : limit != NULL ? ETIMEDOUT : EBUSY;
}

static int unlock(pthread_rwlock_t *rwlock, uintptr_t place)
{
    struct object *object = rwlock_at(rwlock, place);
    bool write = object->owner == (int)me->id;

    if (!write && object->holds[me->id] == 0)
        run_misuse(place, "unlocks a read-write lock that it has not locked");
    step_simple(OP_RWUNLOCK, rwlock, 1, write ? TOUCH_CHANGE : TOUCH_LOOK, place);
    if (write)
        object->owner = NOBODY;
    else
        object->holds[me->id]--;
    clock_release(write ? &object->released : &object->read);
    return 0;
}

/* POSIX ----------------------------------------------------------------------- */

int pthread_rwlock_init(pthread_rwlock_t *restrict rwlock,
                        const pthread_rwlockattr_t *restrict attr)
{
    const pthread_rwlock_t fresh = PTHREAD_RWLOCK_INITIALIZER;
    int kind = PTHREAD_RWLOCK_DEFAULT_NP;

    if (me != NULL) {
        struct object *object = object_before_init(rwlock, OBJECT_RWLOCK, HERE);

        if (object->owner != NOBODY || has_readers(object))
            run_misuse(HERE, "initialises a read-write lock that is locked");
        object_init(rwlock, OBJECT_RWLOCK, HERE);
    }
    if (me != NULL && attr != NULL)
        plain_access(attr, sizeof *attr, 0, HERE);
    if (attr != NULL)
        pthread_rwlockattr_getkind_np(attr, &kind);
    *rwlock = fresh;
    rwlock->__data.__flags = (unsigned)kind;
    return 0;
}

int pthread_rwlock_destroy(pthread_rwlock_t *rwlock)
{
    struct object *object;

    if (me == NULL)
        return 0;
    object = rwlock_at(rwlock, HERE);
    step_simple(OP_DESTROY, rwlock, 1, TOUCH_CHANGE, HERE);
    check(object, HERE);
    if (object->owner != NOBODY || has_readers(object))
        run_misuse(HERE, "destroys a read-write lock that is locked");
    object->destroyed = true;
    rwlock->__data.__flags = destroyed_mark;
    return 0;
}

int pthread_rwlock_rdlock(pthread_rwlock_t *rwlock)
{
    return me != NULL ? lock(rwlock, false, HERE) : 0;
}

int pthread_rwlock_wrlock(pthread_rwlock_t *rwlock)
{
    return me != NULL ? lock(rwlock, true, HERE) : 0;
}

int pthread_rwlock_tryrdlock(pthread_rwlock_t *rwlock)
{
    return me != NULL ? trylock(rwlock, false, CLOCK_REALTIME, NULL, HERE) : 0;
}

int pthread_rwlock_trywrlock(pthread_rwlock_t *rwlock)
{
    return me != NULL ? trylock(rwlock, true, CLOCK_REALTIME, NULL, HERE) : 0;
}

int pthread_rwlock_timedrdlock(pthread_rwlock_t *restrict rwlock,
                               const struct timespec *restrict limit)
{
    return me != NULL ? trylock(rwlock, false, CLOCK_REALTIME, limit, HERE) : 0;
}

int pthread_rwlock_timedwrlock(pthread_rwlock_t *restrict rwlock,
                               const struct timespec *restrict limit)
{
    return me != NULL ? trylock(rwlock, true, CLOCK_REALTIME, limit, HERE) : 0;
}

int pthread_rwlock_clockrdlock(pthread_rwlock_t *restrict rwlock, clockid_t clock,
                               const struct timespec *restrict limit)
{
    return me != NULL ? trylock(rwlock, false, clock, limit, HERE) : 0;
}

int pthread_rwlock_clockwrlock(pthread_rwlock_t *restrict rwlock, clockid_t clock,
                               const struct timespec *restrict limit)
{
    return me != NULL ? trylock(rwlock, true, clock, limit, HERE) : 0;
}

int pthread_rwlock_unlock(pthread_rwlock_t *rwlock)
{
    return me != NULL ? unlock(rwlock, HERE) : 0;
}
