/*
 * Unnamed semaphores.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <semaphore.h>

#include "explore/run/object.h"
#include "explore/run/virtual_time.h"

static bool has_some(const struct thread *thread)
{
    const struct object *semaphore = thread->request.about;

    return semaphore->count > 0;
}

static bool has_none(const struct thread *thread)
{
    return !has_some(thread);
}

static struct request request_for(const struct object *semaphore, enum op_kind kind,
                                  uintptr_t place)
{
    return (struct request){
        .op = {.kind = kind, .place = place, .touches = {{semaphore->address, 1, TOUCH_CHANGE}}},
        .about = semaphore,
    };
}

static int fail(int err)
{
    errno = err;
    return -1;
}

static int take(struct object *semaphore, struct event *event)
{
    event->failed = semaphore->count == 0;
    if (event->failed)
        return -1;
    semaphore->count--;
    event->value = semaphore->count;
    clock_acquire(&semaphore->released);
    return 0;
}

static int wait_until(sem_t *semaphore, clockid_t clock, const struct timespec *limit,
                      uintptr_t place)
{
    struct object *object = object_at(semaphore, OBJECT_SEMAPHORE);
    struct request request = request_for(object, OP_SEM_TIMEDWAIT, place);

    if (!time_is_valid(limit))
        return fail(EINVAL);
    request.lazy = has_none;
    request.deadline_ns = time_meant(clock, limit);
    if (take(object, step(&request)) == 0)
        return 0;
    time_pass(request.deadline_ns);
    return fail(ETIMEDOUT);
}

/* POSIX ----------------------------------------------------------------------- */

int sem_init(sem_t *semaphore, int shared, unsigned value)
{
    if (value > SEM_VALUE_MAX)
        return fail(EINVAL);
    if (me == NULL || shared != 0)
        run_refuse(HERE, "shares a semaphore with other processes");
    object_new(semaphore, OBJECT_SEMAPHORE)->count = value;
    return 0;
}

int sem_destroy(sem_t *semaphore)
{
    step_simple(OP_DESTROY, semaphore, 1, TOUCH_CHANGE, HERE);
    return 0;
}

sem_t *sem_open(const char *name, int flags, ...)
{
    (void)name, (void)flags;
    run_refuse(HERE, "calls sem_open");
}

int sem_wait(sem_t *semaphore)
{
    struct object *object = object_at(semaphore, OBJECT_SEMAPHORE);
    struct request request = request_for(object, OP_SEM_WAIT, HERE);

    request.ready = has_some;
    return take(object, step(&request));
}

int sem_trywait(sem_t *semaphore)
{
    struct object *object = object_at(semaphore, OBJECT_SEMAPHORE);
    struct request request = request_for(object, OP_SEM_TRYWAIT, HERE);

    return take(object, step(&request)) == 0 ? 0 : fail(EAGAIN);
}

int sem_timedwait(sem_t *restrict semaphore, const struct timespec *restrict limit)
{
    return wait_until(semaphore, CLOCK_REALTIME, limit, HERE);
}

int sem_clockwait(sem_t *restrict semaphore, clockid_t clock, const struct timespec *restrict limit)
{
    return wait_until(semaphore, clock, limit, HERE);
}

int sem_post(sem_t *semaphore)
{
    struct object *object = object_at(semaphore, OBJECT_SEMAPHORE);
    struct request request = request_for(object, OP_SEM_POST, HERE);
    struct event *event = step(&request);

    event->enabling = object->count == 0;
    object->count++;
    event->value = object->count;
    clock_release(&object->released);
    return 0;
}

int sem_getvalue(sem_t *restrict semaphore, int *restrict value)
{
    struct object *object = object_at(semaphore, OBJECT_SEMAPHORE);

    step_simple(OP_SEM_VALUE, semaphore, 1, TOUCH_LOOK, HERE);
    *value = (int)object->count;
    return 0;
}
