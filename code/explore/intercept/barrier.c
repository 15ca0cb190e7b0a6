/*
 * Barriers, and what is done once.
 */
#define _GNU_SOURCE
#include <errno.h>

#include "explore/base/real.h"
#include "explore/intercept/calls.h"
#include "explore/intercept/thrown.h"
#include "explore/intercept/tsan_hooks.h"
#include "explore/run/growth.h"
#include "explore/run/object.h"

/* Barriers -------------------------------------------------------------------- */

static bool is_open(const struct thread *thread)
{
    return thread->signalled;
}

int pthread_barrier_init(pthread_barrier_t *restrict barrier,
                         const pthread_barrierattr_t *restrict attr, unsigned count)
{
    struct object *object;

    if (count == 0)
        return EINVAL;
    if (attr != NULL) /* nothing in it is noticed here, but that it is read */
        plain_access(attr, sizeof *attr, 0, HERE);
    if (object_before_init(barrier, OBJECT_BARRIER, HERE)->waiters != 0)
        run_misuse(HERE, "initialises a barrier that a thread waits at");
    object = object_init(barrier, OBJECT_BARRIER, HERE);
    object->initialised = true;
    object->size = object->count = count;
    return 0;
}

/* It has no initialiser but pthread_barrier_init(). */
static void check(const struct object *barrier, uintptr_t place)
{
    if (barrier->destroyed)
        run_misuse(place, "uses a barrier that was destroyed");
    if (!barrier->initialised)
        run_misuse(place, "uses a barrier that was not initialised");
}

int pthread_barrier_destroy(pthread_barrier_t *barrier)
{
    struct object *object = object_used(barrier, OBJECT_BARRIER, HERE);

    check(object, HERE);
    step_simple(OP_DESTROY, barrier, 1, TOUCH_CHANGE, HERE);
    check(object, HERE);
    if (object->waiters != 0)
        run_misuse(HERE, "destroys a barrier that a thread waits at");
    object->destroyed = true;
    return 0;
}

/* The last one comes: all go on, and know what all have done. */
static void open_barrier(struct object *barrier, struct event *event)
{
    for (unsigned i = 0; i < THREADS_MOST; i++)
        if ((barrier->waiters >> i & 1) != 0) {
            threads[i].signalled = true;
            clock_join(&threads[i].clock, &barrier->released);
            if (growth_is_on())
                growth_woke(i);
        }
    clock_acquire(&barrier->released);
    event->wakes = barrier->waiters;
    barrier->waiters = 0;
    barrier->count = barrier->size;
}

/* The serial thread is the last to come, as in glibc; POSIX has any. So the
 * order of coming is an outcome, and each is tried. That is any: whoever comes
 * does nothing more until all have come, and nobody can tell when it came; so
 * it may come as the last, and all else stay as it was. */
int pthread_barrier_wait(pthread_barrier_t *barrier)
{
    struct object *object = object_used(barrier, OBJECT_BARRIER, HERE);
    struct event *event;

    check(object, HERE);
    event = step_simple(OP_ARRIVE, barrier, 1, TOUCH_CHANGE, HERE);
    check(object, HERE);
    clock_release(&object->released);
    if (--object->count == 0) {
        open_barrier(object, event);
        return PTHREAD_BARRIER_SERIAL_THREAD;
    }
    object->waiters |= (thread_set)1 << me->id;
    me->signalled = false;
    step(&(const struct request){
        .op = {.kind = OP_LEAVE, .place = HERE},
        .ready = is_open,
        .about = object,
    });
    return 0;
}

/* Once ------------------------------------------------------------------------ */

enum { ONCE_NEW, ONCE_RUNNING, ONCE_DONE };

static const int glibc_done = 2; /* pthread_once_t, when all is done */

static bool is_not_running(const struct thread *thread)
{
    const struct object *once = thread->request.about;

    return once->count != ONCE_RUNNING;
}

/* POSIX: whoever is cancelled meanwhile has done as if he had never called. */
static void once_give_up(void *argument)
{
    struct object *object = argument;

    if (growth_is_on())
        run_refuse(0, "ends a thread in what pthread_once has called");
    step_simple(OP_ONCE_DONE, (const void *)object->address, 1, TOUCH_CHANGE, 0);
    clock_release(&object->released);
    object->count = ONCE_NEW;
    object->owner = NOBODY;
}

static void once_run(struct object *object, pthread_once_t *once, void (*routine)(void),
                     uintptr_t place)
{
    object->count = ONCE_RUNNING;
    object->owner = (int)me->id;
    pthread_cleanup_push(once_give_up, object);
    call_unthrown(routine);
    pthread_cleanup_pop(0);
    step_simple(OP_ONCE_DONE, once, 1, TOUCH_CHANGE, place);
    clock_release(&object->released);
    object->count = ONCE_DONE;
    object->owner = NOBODY;
    *once = glibc_done;
}

int once_call(pthread_once_t *once, void (*routine)(void), uintptr_t place)
{
    struct object *object;
    bool seen = me != NULL && !is_unwinder(place);

    if (*once == glibc_done && !seen)
        return 0;
    if (!seen) {
        routine();
        *once = glibc_done;
        return 0;
    }
    object = object_used(once, OBJECT_ONCE, place);
    if (*once != PTHREAD_ONCE_INIT && *once != glibc_done)
        run_misuse(place, "uses a pthread_once_t that was not initialised");
    if (*once == glibc_done)
        object->count = ONCE_DONE;
    step(&(const struct request){
        .op = {.kind = OP_ONCE,
               .place = place,
               .touches = {{(uintptr_t)once, 1,
                            object->count == ONCE_DONE ? TOUCH_LOOK : TOUCH_CHANGE}}},
        .ready = is_not_running,
        .about = object,
    });
    if (growth_is_on() ? growth_writes() : object->count == ONCE_NEW)
        once_run(object, once, routine, place);
    clock_acquire(&object->released);
    return 0;
}

int pthread_once(pthread_once_t *once, void (*routine)(void))
{
    return once_call(once, routine, HERE);
}
