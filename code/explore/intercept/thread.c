/*
 * Threads: made, named, waited for, ended.
 *
 * Each is a real thread on a stack of ours. It never really ends: at its last
 * step it leaves the stage and waits for the end of the process, so that no
 * address of its stack is used twice in a run.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

#include "explore/base/real.h"
#include "explore/intercept/signals.h"
#include "explore/run/ends.h"
#include "explore/run/keys.h"
#include "explore/run/scheduler.h"

enum { STACK_SIZE = 8 * 1024 * 1024 };

static bool has_ended(const struct thread *thread)
{
    const struct thread *other = thread->request.about;

    return !other->alive;
}

struct thread *thread_of(pthread_t handle)
{
    for (unsigned i = 0; i < THREADS_MOST; i++)
        if ((i == 0 || threads[i].routine != NULL) && pthread_equal(threads[i].handle, handle))
            return &threads[i];
    return NULL;
}

/* Starting and ending --------------------------------------------------------- */

static bool is_last(void)
{
    for (unsigned i = 0; i < THREADS_MOST; i++)
        if (threads[i].alive && i != me->id)
            return false;
    return true;
}

/* The thread's last step; it runs behind the program's own cleanup handlers. */
void end_of_thread(void *unused)
{
    (void)unused;
    keys_destroy_values();
    step_simple(OP_EXIT, me, 1, TOUCH_CHANGE, 0);
    clock_release(&me->clock);
    if (is_last())
        end_of_last_thread();
    thread_leave();
}

static void *run_thread(void *argument)
{
    struct thread *thread = argument;

    thread_begin(thread);
    thread->stack = __builtin_frame_address(0);
    pthread_cleanup_push(end_of_thread, NULL);
    stack_wipe();
    thread->result = thread->routine(thread->argument);
    pthread_cleanup_pop(1);
    return NULL;
}

/* No stack is given back, so none is used twice. */
static int start(struct thread *thread)
{
    void *stack = mmap(NULL, STACK_SIZE, PROT_READ | PROT_WRITE,
                       MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_STACK, -1, 0);
    pthread_attr_t attr;
    int err;

    if (stack == MAP_FAILED)
        return EAGAIN;
    thread->floor = stack;
    pthread_attr_init(&attr);
    pthread_attr_setstack(&attr, stack, STACK_SIZE);
    err = real.pthread_create(&thread->handle, &attr, run_thread, thread);
    pthread_attr_destroy(&attr);
    return err;
}

int pthread_create(pthread_t *handle, const pthread_attr_t *attr, void *(*routine)(void *),
                   void *argument)
{
    struct thread *thread;
    struct event *event;
    int detached = PTHREAD_CREATE_JOINABLE, err;

    if (me == NULL)
        return real.pthread_create(handle, attr, routine, argument);
    event = step_simple(OP_CREATE, NULL, 0, TOUCH_NONE, HERE);
    if (step_fails(FAILS_THREAD))
        return EAGAIN;
    thread = thread_add(routine, argument);
    if (thread == NULL)
        run_refuse(HERE, "more than %d threads", THREADS_MOST);
    if (attr != NULL)
        pthread_attr_getdetachstate(attr, &detached);
    thread->detached = detached == PTHREAD_CREATE_DETACHED;
    signals_inherit(thread->id);
    clock_release(&thread->clock);
    event->wakes = (thread_set)1 << thread->id;
    me->inside++;
    err = start(thread);
    me->inside--;
    if (err != 0)
        run_refuse(HERE, "no memory for another thread");
    *handle = thread->handle;
    return 0;
}

void pthread_exit(void *result)
{
    if (me == NULL)
        real.pthread_exit(result);
    me->result = result;
    real.pthread_exit(result); /* calls the cleanup handlers, and so end_of_thread() */
    __builtin_unreachable();
}

/* Waiting --------------------------------------------------------------------- */

/* Then another may join it. */
static void cancel_join(void)
{
    threads[((const struct thread *)me->request.about)->id].joiner = NULL;
}

int pthread_join(pthread_t handle, void **result)
{
    struct thread *other = thread_of(handle);
    struct event *event;

    if (other == NULL)
        return ESRCH;
    if (other == me)
        return EDEADLK;
    if (other->detached || other->joiner != NULL)
        return EINVAL;
    other->joiner = me;
    event = step(&(const struct request){
        .op = {.kind = OP_JOIN, .place = HERE, .touches = {{(uintptr_t)other, 1, TOUCH_LOOK}}},
        .ready = has_ended,
        .cancel = cancel_join,
        .about = other,
    });
    event->value = other->id;
    clock_acquire(&other->clock);
    if (result != NULL)
        *result = other->result;
    return 0;
}

int pthread_detach(pthread_t handle)
{
    struct thread *other = thread_of(handle);

    if (other == NULL)
        return ESRCH;
    if (other->detached || other->joiner != NULL)
        return EINVAL;
    other->detached = true;
    return 0;
}

/* Cancelling ------------------------------------------------------------------ */

/* Deferred: it ends where it would wait, or asks. What POSIX says *may* be a
 * cancellation point, as printf, is none here. */
int pthread_cancel(pthread_t handle)
{
    struct thread *other = thread_of(handle);

    if (other == NULL)
        return ESRCH;
    step_simple(OP_CANCEL, &other->cancelled, 1, TOUCH_CHANGE, HERE);
    other->cancelled = true;
    return 0;
}

void end_of_cancelled(void)
{
    me->result = PTHREAD_CANCELED;
    real.pthread_exit(PTHREAD_CANCELED);
    __builtin_unreachable();
}

void pthread_testcancel(void)
{
    if (me != NULL)
        step(&(const struct request){
            .op = {.kind = OP_TESTCANCEL, .place = HERE},
            .cancel = cancel_simply,
        });
}

int pthread_setcancelstate(int state, int *old)
{
    if (state != PTHREAD_CANCEL_ENABLE && state != PTHREAD_CANCEL_DISABLE)
        return EINVAL;
    if (me == NULL)
        return 0;
    if (old != NULL)
        *old = me->uncancellable ? PTHREAD_CANCEL_DISABLE : PTHREAD_CANCEL_ENABLE;
    me->uncancellable = state == PTHREAD_CANCEL_DISABLE;
    return 0;
}

int pthread_setcanceltype(int type, int *old)
{
    if (type == PTHREAD_CANCEL_ASYNCHRONOUS)
        run_refuse(HERE, "lets itself be cancelled at any time");
    if (old != NULL)
        *old = PTHREAD_CANCEL_DEFERRED;
    return type == PTHREAD_CANCEL_DEFERRED ? 0 : EINVAL;
}

/* Names ----------------------------------------------------------------------- */

int pthread_setname_np(pthread_t handle, const char *name)
{
    const struct thread *thread = thread_of(handle);

    if (strlen(name) > 15) /* pthread_setname_np(3) */
        return ERANGE;
    if (thread != NULL)
        snprintf(record->names[thread->id], NAME_SIZE, "%s", name);
    return 0;
}

int pthread_getname_np(pthread_t handle, char *name, size_t size)
{
    const struct thread *thread = thread_of(handle);

    if (thread == NULL)
        return ESRCH;
    if (strlen(record->names[thread->id]) >= size)
        return ERANGE;
    snprintf(name, size, "%s", record->names[thread->id]);
    return 0;
}
