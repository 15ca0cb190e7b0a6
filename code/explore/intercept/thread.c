/*
 * Threads: made, waited for, ended.
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
#include "explore/intercept/calls.h"
#include "explore/intercept/given.h"
#include "explore/intercept/keys.h"
#include "explore/intercept/locals.h"
#include "explore/intercept/signals.h"
#include "explore/intercept/tsan_hooks.h"
#include "explore/run/ends.h"
#include "explore/run/frames.h"
#include "explore/run/growth.h"
#include "explore/run/mutex.h"
#include "explore/run/scheduler.h"
#include "explore/run/state.h"
#include "explore/run/virtual_time.h"
#include "explore/world/crew.h"
#include "explore/world/worlds.h"

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
    locals_destroy();
    keys_destroy_values();
    mutex_abandon_all();
    frames_leave_all();
    step_simple(OP_EXIT, me, 1, TOUCH_CHANGE, 0);
    clock_release(&me->clock);
    if (is_last())
        end_of_last_thread();
    thread_leave();
}

/* Back to what it was before thread_create made it POSIX's. */
static void *result_of(const struct thread *thread)
{
    int (*c)(void *) = (int (*)(void *))(void (*)(void))thread->routine;

    return thread->is_c ? (void *)(intptr_t)c(thread->argument) : thread->routine(thread->argument);
}

/* The thread's stack, as far as it counts, begins here: in the frame above is what
 * the C library left before, like the number that the kernel gave the thread. */
static void __attribute__((noinline)) call_routine(struct thread *thread)
{
    thread->stack = __builtin_frame_address(0);
    stack_shift();
    if (fill_of_memory() != 0)
        state_wipe();
    thread->result = result_of(thread);
}

static void *run_thread(void *argument)
{
    struct thread *thread = argument;

    thread_begin(thread);
    pthread_cleanup_push(end_of_thread, NULL);
    stack_wipe();
    call_routine(thread);
    pthread_cleanup_pop(1);
    return NULL;
}

static int borrow(struct thread *thread)
{
    if (thread->id >= crew_size())
        worlds_leave(WORLDS_CREW);
    thread->handle = crew_borrow(crew_number(thread->id), run_thread, thread, &thread->floor);
    return 0;
}

/* In the order that the crew's have, each above those before, or below them. */
static void *place_of_stack(const struct thread *thread)
{
    const uintptr_t first = 0x560000000000, room = (uintptr_t)1 << 30;
    unsigned n = addresses_turn_round() ? THREADS_MOST - thread->id : thread->id;

    return (void *)(first + n * room);
}

/* No stack is given back, so none is used twice. */
static int start(struct thread *thread)
{
    void *stack = mmap(place_of_stack(thread), STACK_SIZE, PROT_READ | PROT_WRITE,
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

/* What is noticed here of a thread's attributes. */
struct attributes {
    bool detached, masked;
    size_t stack_size; /* 0: nothing was said */
    sigset_t mask;
};

/* Stacks are ours, of one size; whoever needs more of it than he asked for, is told so. */
static size_t check_stack(const pthread_attr_t *attr, uintptr_t place)
{
    void *address = NULL;
    size_t size = 0;

    pthread_attr_getstack(attr, &address, &size);
    if ((uintptr_t)address + size != 0)
        run_refuse(place, "gives a thread the stack that it shall have");
    if (size > STACK_SIZE)
        run_refuse(place, "asks for a stack of more than %d bytes", STACK_SIZE);
    return size;
}

static struct attributes attributes_of(const pthread_attr_t *attr, uintptr_t place)
{
    struct attributes result = {0};
    int state, inherited, policy;

    given_reads(attr, place);
    if (attr == NULL)
        return result;
    pthread_attr_getdetachstate(attr, &state);
    pthread_attr_getinheritsched(attr, &inherited);
    pthread_attr_getschedpolicy(attr, &policy);
    if (inherited == PTHREAD_EXPLICIT_SCHED && policy != SCHED_OTHER)
        run_refuse(place, "asks for a thread that is scheduled by its priority");
    result.stack_size = check_stack(attr, place);
    result.detached = state == PTHREAD_CREATE_DETACHED;
    result.masked = pthread_attr_getsigmask_np(attr, &result.mask) == 0;
    return result;
}

static struct thread *make_thread(const struct attributes *attributes, struct routine routine,
                                  void *argument, uintptr_t place)
{
    void *(*posix)(void *) =
        routine.posix != NULL ? routine.posix : (void *(*)(void *))(void (*)(void))routine.c;
    struct thread *thread = thread_add(posix, argument);

    if (thread == NULL)
        run_refuse(place, "more than %d threads", THREADS_MOST);
    thread->is_c = routine.posix == NULL;
    thread->detached = attributes->detached;
    thread->stack_size = attributes->stack_size;
    signals_inherit(thread->id, attributes->masked ? &attributes->mask : NULL);
    return thread;
}

/* The new one takes the name over. In graphs nobody's name is set by others. */
static struct event *step_create(uintptr_t place)
{
    if (growth_is_on())
        return step_simple(OP_CREATE, NULL, 0, TOUCH_NONE, place);
    return step_simple(OP_CREATE, me->name, 1, TOUCH_LOOK, place);
}

int thread_create(pthread_t *handle, const pthread_attr_t *attr, struct routine routine,
                  void *argument, uintptr_t place)
{
    /* A step of its own, if others set them. */
    const struct attributes attributes = attributes_of(attr, place);
    struct event *event = step_create(place);
    struct thread *thread;
    int err;

    if (step_fails(FAILS_THREAD))
        return EAGAIN;
    thread = make_thread(&attributes, routine, argument, place);
    clock_release(&thread->clock);
    event->wakes = (thread_set)1 << thread->id;
    me->inside++;
    err = worlds_is_run() ? borrow(thread) : start(thread);
    me->inside--;
    if (record->plan.states)
        state_wipe(); /* the library has left the kernel's number of the thread */
    if (err != 0)
        run_refuse(place, "no memory for another thread");
    given_writes(handle, place); /* POSIX: the thread may run before it is there */
    *handle = thread->handle;
    return 0;
}

int pthread_create(pthread_t *handle, const pthread_attr_t *attr, void *(*routine)(void *),
                   void *argument)
{
    if (me == NULL)
        return real.pthread_create(handle, attr, routine, argument);
    return thread_create(handle, attr, (struct routine){.posix = routine}, argument, HERE);
}

void pthread_exit(void *result)
{
    if (me == NULL)
        real.pthread_exit(result);
    me->result = result;
    real.pthread_exit(result); /* calls the cleanup handlers, and so end_of_thread() */
    __builtin_unreachable();
}

/* A thread's life, for those who have its handle: until it is joined, or ends when it
 * is detached (POSIX, 2.9.2). */
struct touch thread_life_touch(const struct thread *other)
{
    const void *at = other->detached ? (const void *)other : &other->joined;

    return (struct touch){(uintptr_t)at, 1, TOUCH_LOOK};
}

void thread_check_life(const struct thread *other, uintptr_t place)
{
    if (other->joined)
        run_misuse(place, "uses the number of a thread that was joined");
    if (other->detached && !other->alive)
        run_misuse(place, "uses the number of a detached thread that has ended");
}

/* Waiting --------------------------------------------------------------------- */

/* Then another may join it. */
static void cancel_join(void)
{
    if (has_ended(me))
        run_doubt(me->request.op.place,
                  "is cancelled where it joins a thread that has ended: glibc joins it");
    threads[((const struct thread *)me->request.about)->id].joiner = NULL;
}

/* What POSIX leaves undefined ends the run; glibc would tell some of it. */
static struct thread *joinable(pthread_t handle, uintptr_t place)
{
    struct thread *other = thread_of(handle);

    if (other == NULL)
        run_misuse(place, "joins what is no thread");
    if (other == me)
        run_misuse(place, "joins itself");
    if (other->detached)
        run_misuse(place, "joins a thread that is detached");
    if (other->joiner != NULL)
        run_misuse(place, "joins a thread that was joined already");
    return other;
}

static struct request join_request(const struct thread *other, enum op_kind kind, uintptr_t place)
{
    return (struct request){
        .op = {.kind = kind,
               .place = place,
               .touches = {{(uintptr_t)other, 1, TOUCH_LOOK},
                           {(uintptr_t)&other->joined, 1, TOUCH_CHANGE}}},
        .about = other,
    };
}

static int take_result(struct thread *other, struct event *event, void **result)
{
    event->value = other->id;
    clock_acquire(&other->clock);
    other->joined = true;
    *result = other->result;
    return 0;
}

int thread_join(pthread_t handle, void **result, uintptr_t place)
{
    struct thread *other = joinable(handle, place);
    struct request request = join_request(other, OP_JOIN, place);

    request.ready = has_ended;
    request.cancel = cancel_join;
    other->joiner = me;
    return take_result(other, step(&request), result);
}

/* 0, or `fault`: it has not ended yet. */
static int try_to_join(struct thread *other, const struct request *request, int fault,
                       void **result)
{
    struct event *event = step(request);

    event->value = other->id;
    event->failed = other->alive;
    if (event->failed)
        return fault;
    other->joiner = me;
    return take_result(other, event, result);
}

static bool is_alive(const struct thread *thread)
{
    return !has_ended(thread);
}

static int timed_join(pthread_t handle, void **result, clockid_t clock,
                      const struct timespec *limit, uintptr_t place)
{
    struct thread *other = joinable(handle, place);
    struct request request = join_request(other, OP_TIMEDJOIN, place);

    request.cancel = cancel_join;
    int err;

    if (limit == NULL)
        return thread_join(handle, result, place);
    given_reads(limit, place);
    if (!time_is_valid(limit) || !time_is_limit_of(clock))
        return EINVAL;
    request.lazy = is_alive;
    request.deadline_ns = time_meant(clock, limit);
    err = try_to_join(other, &request, ETIMEDOUT, result);
    if (err != 0)
        time_pass(request.deadline_ns);
    return err;
}

/* The result, where the program wants it. */
static int give_result(int err, void *got, void **result, uintptr_t place)
{
    if (err != 0)
        return err;
    given_writes(result, place);
    if (result != NULL)
        *result = got;
    return 0;
}

int pthread_join(pthread_t handle, void **result)
{
    void *got;
    int err = thread_join(handle, &got, HERE);

    return give_result(err, got, result, HERE);
}

int pthread_tryjoin_np(pthread_t handle, void **result)
{
    struct thread *other = joinable(handle, HERE);
    struct request request = join_request(other, OP_TRYJOIN, HERE);
    void *got;
    int err = try_to_join(other, &request, EBUSY, &got);

    return give_result(err, got, result, HERE);
}

int pthread_timedjoin_np(pthread_t handle, void **result, const struct timespec *limit)
{
    void *got;
    int err = timed_join(handle, &got, CLOCK_REALTIME, limit, HERE);

    return give_result(err, got, result, HERE);
}

int pthread_clockjoin_np(pthread_t handle, void **result, clockid_t clock,
                         const struct timespec *limit)
{
    void *got;
    int err = timed_join(handle, &got, clock, limit, HERE);

    return give_result(err, got, result, HERE);
}

int thread_detach(pthread_t handle, uintptr_t place)
{
    struct thread *other = thread_of(handle);

    if (other == NULL)
        run_misuse(place, "detaches what is no thread");
    if (other->detached)
        run_misuse(place, "detaches a thread that is detached already");
    if (other->joiner != NULL)
        run_misuse(place, "detaches a thread that was joined already");
    other->detached = true;
    return 0;
}

int pthread_detach(pthread_t handle)
{
    return thread_detach(handle, HERE);
}

/* Cancelling ------------------------------------------------------------------ */

/* Deferred: it ends where POSIX says so. What *may* be a cancellation point, as printf,
 * is none here, and is doubted (print.c). */
int pthread_cancel(pthread_t handle)
{
    struct thread *other = thread_of(handle);

    if (other == NULL)
        return ESRCH;
    step(&(const struct request){
        .op = {.kind = OP_CANCEL,
               .place = HERE,
               .touches = {{(uintptr_t)&other->cancelled, 1, TOUCH_CHANGE},
                           thread_life_touch(other)}},
    });
    thread_check_life(other, HERE);
    other->cancelled = true;
    return 0;
}

void end_of_cancelled(void)
{
    me->result = PTHREAD_CANCELED;
    real.pthread_exit(PTHREAD_CANCELED);
    __builtin_unreachable();
}

static void test_cancel(uintptr_t place)
{
    step(&(const struct request){
        .op = {.kind = OP_TESTCANCEL, .place = place},
        .cancel = cancel_simply,
    });
}

void pthread_testcancel(void)
{
    if (me != NULL)
        test_cancel(HERE);
}

/* No graph has a thread that is cancelled. */
void cancellation_point(uintptr_t place)
{
    if (me != NULL && me->inside == 0 && !growth_is_on())
        test_cancel(place);
}

int pthread_setcancelstate(int state, int *old)
{
    if (state != PTHREAD_CANCEL_ENABLE && state != PTHREAD_CANCEL_DISABLE)
        return EINVAL;
    if (me == NULL)
        return 0;
    given_writes(old, HERE);
    if (old != NULL)
        *old = me->uncancellable ? PTHREAD_CANCEL_DISABLE : PTHREAD_CANCEL_ENABLE;
    me->uncancellable = state == PTHREAD_CANCEL_DISABLE;
    return 0;
}

int pthread_setcanceltype(int type, int *old)
{
    if (type == PTHREAD_CANCEL_ASYNCHRONOUS)
        run_refuse(HERE, "lets itself be cancelled at any time");
    given_writes(old, HERE);
    if (old != NULL)
        *old = PTHREAD_CANCEL_DEFERRED;
    return type == PTHREAD_CANCEL_DEFERRED ? 0 : EINVAL;
}
