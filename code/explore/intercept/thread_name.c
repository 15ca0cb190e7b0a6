/*
 * Names of threads. One has the name of the thread that made it until somebody sets
 * another; a run's first thread that of the program's file (prctl(2), clone(2)).
 *
 * glibc reads and writes another's name as a file in /proc. When that thread has ended, the
 * kernel still has it, or no such file, or no such thread by the time it is read.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>

#include "explore/intercept/front_macro.h"
#include "explore/intercept/given.h"
#include "explore/run/growth.h"
#include "explore/run/scheduler.h"

/* Its own is no step in a graph, which refuses all that others do with names. */
static void step_own_name(enum touch_mode mode, uintptr_t place)
{
    if (!growth_is_on())
        step_simple(OP_NAME, me->name, sizeof me->name, mode, place);
}

/* 0, or an error number: the thread is no more. */
static int step_others_name(const struct thread *thread, enum touch_mode mode, uintptr_t place)
{
    static const int errors[] = {0, ENOENT, ESRCH};

    step(&(const struct request){
        .op = {.kind = OP_NAME,
               .place = place,
               .touches = {{(uintptr_t)thread->name, sizeof thread->name, mode},
                           thread_life_touch(thread),
                           {(uintptr_t)thread, 1, TOUCH_LOOK}}}, /* it ends */
    });
    thread_check_life(thread, place);
    return thread->alive ? 0 : errors[step_choose(3)];
}

static int step_name(const struct thread *thread, enum touch_mode mode, uintptr_t place)
{
    if (thread != me)
        return step_others_name(thread, mode, place);
    step_own_name(mode, place);
    return 0;
}

static void set_name(struct thread *thread, const char *name)
{
    snprintf(thread->name, sizeof thread->name, "%s", name);
    snprintf(record->names[thread->id], NAME_SIZE, "%s", thread->name);
}

/* POSIX's, nearly ---------------------------------------------------------------- */

int pthread_setname_np(pthread_t handle, const char *name)
{
    struct thread *thread = thread_of(handle);
    char copy[THREAD_NAME_SIZE + 1]; /* of a name that is too long, enough to see it */
    int err;

    given_text(copy, sizeof copy, name, HERE);
    if (strlen(copy) >= THREAD_NAME_SIZE)
        return ERANGE;
    if (thread == NULL)
        return 0;
    err = step_name(thread, TOUCH_CHANGE, HERE);
    if (err == 0)
        set_name(thread, copy);
    return err;
}

int pthread_getname_np(pthread_t handle, char *name, size_t size)
{
    const struct thread *thread = thread_of(handle);
    char copy[THREAD_NAME_SIZE];
    size_t length;
    int err;

    if (size < THREAD_NAME_SIZE)
        return ERANGE;
    if (thread == NULL)
        return ESRCH;
    err = step_name(thread, TOUCH_LOOK, HERE);
    if (err != 0)
        return err;
    memcpy(copy, thread->name, sizeof copy);
    length = thread == me ? sizeof copy : strlen(copy) + 1; /* the kernel's own, or a file's */
    given_access(name, length, 1, HERE);
    memcpy(name, copy, length);
    return 0;
}

/* Linux's ---------------------------------------------------------------------------- */

/* What is too long is cut, and nobody reads further. */
static int take_name(const char *name, uintptr_t place)
{
    char copy[THREAD_NAME_SIZE];

    given_text(copy, sizeof copy, name, place);
    step_own_name(TOUCH_CHANGE, place);
    set_name(me, copy);
    return 0;
}

static int tell_name(char *name, uintptr_t place)
{
    char copy[THREAD_NAME_SIZE];

    step_own_name(TOUCH_LOOK, place);
    memcpy(copy, me->name, sizeof copy);
    given_access(name, sizeof copy, 1, place);
    memcpy(name, copy, sizeof copy);
    return 0;
}

/* All else that it does is done to the process, or by the kernel: limits, signals,
 * debuggers. */
FRONT(int, prctl, (int option, ...))
{
    uintptr_t place = HERE;
    unsigned long a[4];
    va_list args;

    va_start(args, option);
    for (int i = 0; i < 4; i++)
        a[i] = va_arg(args, unsigned long);
    va_end(args);
    if (me == NULL || me->inside > 0)
        return prctl(option, a[0], a[1], a[2], a[3]);
    if (option == PR_SET_NAME)
        return take_name((const char *)a[0], place);
    if (option == PR_GET_NAME)
        return tell_name((char *)a[0], place);
    run_refuse(place, "calls prctl(%d)", option);
}
