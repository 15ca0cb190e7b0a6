/*
 * Read-write locks. Any order is allowed, as POSIX leaves it open whether
 * readers or writers go first. Two readers do not notice each other.
 */
#define _GNU_SOURCE
#include <errno.h>

#include "explore/run/object.h"
#include "explore/run/virtual_time.h"

static bool can_read(const struct thread *thread)
{
    const struct object *lock = thread->request.about;

    return lock->owner == NOBODY;
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
    return can_read(thread) && !has_readers(thread->request.about);
}

static bool cannot_read(const struct thread *thread)
{
    return !can_read(thread);
}

static bool cannot_write(const struct thread *thread)
{
    return !can_write(thread);
}

static struct object *rwlock_at(pthread_rwlock_t *lock, uintptr_t place)
{
    struct object *object = object_at(lock, OBJECT_RWLOCK);

    if (object->destroyed)
        run_misuse(place, "uses a read-write lock that was destroyed");
    return object;
}

static void take(struct object *lock, bool write)
{
    clock_acquire(&lock->released);
    if (write) {
        clock_acquire(&lock->read);
        lock->owner = (int)me->id;
    } else {
        lock->holds[me->id]++;
    }
}

static int lock(pthread_rwlock_t *rwlock, bool write, uintptr_t place)
{
    struct object *object = rwlock_at(rwlock, place);

    if (object->owner == (int)me->id)
        return EDEADLK;
    step(&(const struct request){
        .op = {.kind = write ? OP_WRLOCK : OP_RDLOCK,
               .place = place,
               .touches = {{(uintptr_t)rwlock, 1, write ? TOUCH_CHANGE : TOUCH_LOOK}}},
        .ready = write ? can_write : can_read,
        .about = object,
    });
    take(object, write);
    return 0;
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

    if (limit != NULL) {
        if (!time_is_valid(limit))
            return EINVAL;
        request.lazy = write ? cannot_write : cannot_read;
        request.deadline_ns = time_meant(clock, limit);
    }
    event = step(&request);
    event->failed = object->owner != NOBODY || (write && has_readers(object));
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
    (void)attr;
    if (me != NULL)
        object_new(rwlock, OBJECT_RWLOCK);
    return 0;
}

int pthread_rwlock_destroy(pthread_rwlock_t *rwlock)
{
    struct object *object;

    if (me == NULL)
        return 0;
    object = rwlock_at(rwlock, HERE);
    step_simple(OP_DESTROY, rwlock, 1, TOUCH_CHANGE, HERE);
    if (object->owner != NOBODY || has_readers(object))
        return EBUSY;
    object->destroyed = true;
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
