/*
 * Semaphores. Those with names are the program's alone: none is there when a
 * run begins, and no other process sees them.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <semaphore.h>
#include <stdarg.h>
#include <string.h>

#include "explore/intercept/given.h"
#include "explore/run/growth.h"
#include "explore/run/object.h"
#include "explore/run/virtual_time.h"

static bool has_some(const struct thread *thread)
{
    const struct object *semaphore = thread->request.about;

    return semaphore->count > 0 || semaphore->destroyed;
}

static bool has_none(const struct thread *thread)
{
    return !has_some(thread);
}

/* It has no initialiser but sem_init(). */
static void check(const struct object *semaphore, uintptr_t place)
{
    if (semaphore->destroyed)
        run_misuse(place, "uses a semaphore that was destroyed");
    if (!semaphore->initialised)
        run_misuse(place, "uses a semaphore that was not initialised");
}

static struct object *semaphore_at(const sem_t *semaphore, uintptr_t place)
{
    struct object *object = object_used(semaphore, OBJECT_SEMAPHORE, place);

    check(object, place);
    return object;
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
    check(semaphore, event->op.place);
    event->failed = growth_is_on() ? !growth_writes() : semaphore->count == 0;
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
    struct object *object = semaphore_at(semaphore, place);
    struct request request = request_for(object, OP_SEM_TIMEDWAIT, place);

    given_reads(limit, place);
    if (!time_is_valid(limit) || !time_is_limit_of(clock))
        return fail(EINVAL);
    request.lazy = has_none;
    request.cancel = cancel_simply;
    request.deadline_ns = time_meant(clock, limit);
    if (take(object, step(&request)) == 0)
        return 0;
    time_pass(request.deadline_ns);
    return fail(ETIMEDOUT);
}

static void semaphore_new(const sem_t *semaphore, unsigned value, uintptr_t place)
{
    struct object *object = object_init(semaphore, OBJECT_SEMAPHORE, place);

    object->initialised = true;
    object->count = value;
}

/* POSIX ----------------------------------------------------------------------- */

int sem_init(sem_t *semaphore, int shared, unsigned value)
{
    (void)shared; /* there is one process */
    if (value > SEM_VALUE_MAX)
        return fail(EINVAL);
    if (me == NULL)
        run_refuse(HERE, "makes a semaphore before it begins");
    object_before_init(semaphore, OBJECT_SEMAPHORE, HERE);
    semaphore_new(semaphore, value, HERE);
    return 0;
}

int sem_destroy(sem_t *semaphore)
{
    struct object *object = semaphore_at(semaphore, HERE);

    step_simple(OP_DESTROY, semaphore, 1, TOUCH_CHANGE, HERE);
    check(object, HERE);
    object->destroyed = true; /* whoever waits for it, finds that out */
    return 0;
}

int sem_wait(sem_t *semaphore)
{
    struct object *object = semaphore_at(semaphore, HERE);
    struct request request = request_for(object, OP_SEM_WAIT, HERE);

    request.ready = has_some;
    request.cancel = cancel_simply;
    return take(object, step(&request));
}

int sem_trywait(sem_t *semaphore)
{
    struct object *object = semaphore_at(semaphore, HERE);
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
    struct object *object = semaphore_at(semaphore, HERE);
    struct request request = request_for(object, OP_SEM_POST, HERE);
    struct event *event = step(&request);

    check(object, HERE);
    event->failed = object->count == SEM_VALUE_MAX;
    if (event->failed)
        return fail(EOVERFLOW);
    event->enabling = object->count == 0;
    object->count++;
    event->value = object->count;
    clock_release(&object->released);
    return 0;
}

int sem_getvalue(sem_t *restrict semaphore, int *restrict value)
{
    struct object *object = semaphore_at(semaphore, HERE);
    int count;

    step_simple(OP_SEM_VALUE, semaphore, 1, TOUCH_LOOK, HERE)->value = object->count;
    count = (int)object->count;
    given_writes(value, HERE);
    *value = count;
    return 0;
}

/* With names ------------------------------------------------------------------- */

enum { NAMED_MOST = 32 };

/* The name is gone once it is unlinked, the semaphore when nobody has it open. */
static struct named {
    char name[NAME_MAX];
    sem_t semaphore;
    unsigned opened;
} named[NAMED_MOST];

static unsigned named_count;
static const char all_names; /* stands for who has which name */

static struct named *find_named(const char *name)
{
    for (unsigned i = 0; i < named_count; i++)
        if (strcmp(named[i].name, name) == 0)
            return &named[i];
    return NULL;
}

static struct named *name_new(const char *name, unsigned value, uintptr_t place)
{
    struct named *fresh = &named[named_count];

    if (named_count == NAMED_MOST)
        run_refuse(place, "names more than %d semaphores", NAMED_MOST);
    named_count++;
    strcpy(fresh->name, name);
    semaphore_new(&fresh->semaphore, value, place);
    return fresh;
}

/* As sem_open(3) on Linux has it: a slash and something without any. */
static bool is_name(const char *name)
{
    return strlen(name) > 1 && strlen(name) < NAME_MAX - 4 &&
           strchr(name + (*name == '/'), '/') == NULL;
}

static sem_t *open_named(const char *given, int flags, unsigned value, uintptr_t place)
{
    char name[NAME_MAX + 1];
    struct named *found;
    int err = 0;

    given_text(name, sizeof name, given, place);
    step_simple(OP_OPEN, &all_names, 1, TOUCH_CHANGE, place);
    found = find_named(name);
    if (!is_name(name) || ((flags & O_CREAT) != 0 && value > SEM_VALUE_MAX))
        err = EINVAL;
    else if (found == NULL && (flags & O_CREAT) == 0)
        err = ENOENT;
    else if (found != NULL && (flags & (O_CREAT | O_EXCL)) == (O_CREAT | O_EXCL))
        err = EEXIST;
    if (err != 0) {
        errno = err;
        return SEM_FAILED;
    }
    if (found == NULL)
        found = name_new(name, value, place);
    found->opened++;
    return &found->semaphore;
}

sem_t *sem_open(const char *name, int flags, ...)
{
    unsigned value = 0;
    va_list args;

    va_start(args, flags);
    if ((flags & O_CREAT) != 0) {
        (void)va_arg(args, mode_t);
        value = va_arg(args, unsigned);
    }
    va_end(args);
    return open_named(name, flags, value, HERE);
}

int sem_close(sem_t *semaphore)
{
    for (unsigned i = 0; i < named_count; i++)
        if (&named[i].semaphore == semaphore && named[i].opened > 0) {
            step_simple(OP_CLOSE, semaphore, 1, TOUCH_CHANGE, HERE);
            named[i].opened--;
            return 0;
        }
    return fail(EINVAL);
}

int sem_unlink(const char *given)
{
    char name[NAME_MAX + 1];
    struct named *found;

    given_text(name, sizeof name, given, HERE);
    step_simple(OP_OPEN, &all_names, 1, TOUCH_CHANGE, HERE);
    found = find_named(name);
    if (found == NULL)
        return fail(ENOENT);
    found->name[0] = '\0';
    return 0;
}
