/*
 * C's own threads (C17, 7.26), as glibc has them: each type is POSIX's under
 * another name, and each function POSIX's with other results, so the two can be
 * mixed as programs do. What C leaves undefined and POSIX does not, ends the
 * run nevertheless: a mutex that mtx_init() never saw (C has no initialiser for
 * it), a limit for a mutex that takes none.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <threads.h>

#include "explore/intercept/calls.h"
#include "explore/intercept/given.h"
#include "explore/intercept/keys.h"
#include "explore/run/mutex.h"
#include "explore/run/virtual_time.h"

_Static_assert(sizeof(mtx_t) == sizeof(pthread_mutex_t) &&
                   sizeof(cnd_t) == sizeof(pthread_cond_t) &&
                   sizeof(once_flag) == sizeof(pthread_once_t),
               "glibc's <threads.h> lies over its <pthread.h>");

static int result_of(int err)
{
    switch (err) {
    case 0:
        return thrd_success;
    case ETIMEDOUT:
        return thrd_timedout;
    case EBUSY:
        return thrd_busy;
    case ENOMEM:
        return thrd_nomem;
    default:
        return thrd_error;
    }
}

/* Threads --------------------------------------------------------------------- */

int thrd_create(thrd_t *thread, thrd_start_t routine, void *argument)
{
    return result_of(thread_create(thread, NULL, (struct routine){.c = routine}, argument, HERE));
}

int thrd_join(thrd_t thread, int *result)
{
    void *pointer = NULL;
    int err = thread_join(thread, &pointer, HERE);

    given_writes(result, HERE);
    if (result != NULL)
        *result = (int)(intptr_t)pointer;
    return result_of(err);
}

int thrd_detach(thrd_t thread)
{
    return result_of(thread_detach(thread, HERE));
}

void thrd_exit(int result)
{
    pthread_exit((void *)(intptr_t)result);
}

/* Mutexes --------------------------------------------------------------------- */

static pthread_mutex_t *mutex_of(mtx_t *mutex, uintptr_t place)
{
    const struct object *object = mutex_at((pthread_mutex_t *)mutex, place);

    if (!object->initialised)
        run_misuse(place, "uses a mutex that was not initialised");
    return (pthread_mutex_t *)mutex;
}

int mtx_init(mtx_t *mutex, int type)
{
    pthread_mutex_t fresh = PTHREAD_MUTEX_INITIALIZER;
    struct object *object = object_before_init(mutex, OBJECT_MUTEX, HERE);

    if ((type & ~(mtx_plain | mtx_timed | mtx_recursive)) != 0)
        return thrd_error;
    if (object->owner != NOBODY)
        run_misuse(HERE, "initialises a mutex that is locked");
    if ((type & mtx_recursive) != 0)
        fresh.__data.__kind = PTHREAD_MUTEX_RECURSIVE;
    *(pthread_mutex_t *)mutex = fresh;
    object = object_init(mutex, OBJECT_MUTEX, HERE);
    object->initialised = true;
    object->timed = (type & mtx_timed) != 0;
    return thrd_success;
}

void mtx_destroy(mtx_t *mutex)
{
    mutex_destroy(mutex_of(mutex, HERE), HERE);
}

int mtx_lock(mtx_t *mutex)
{
    return result_of(mutex_lock(mutex_of(mutex, HERE), HERE));
}

int mtx_trylock(mtx_t *mutex)
{
    return result_of(mutex_trylock(mutex_of(mutex, HERE), HERE));
}

int mtx_timedlock(mtx_t *restrict mutex, const struct timespec *restrict limit)
{
    pthread_mutex_t *posix = mutex_of(mutex, HERE);

    if (!object_at(mutex, OBJECT_MUTEX)->timed)
        run_misuse(HERE, "locks a mutex with a limit that was not made for one");
    return result_of(mutex_timedlock(posix, CLOCK_REALTIME, limit, HERE));
}

/* C17, 7.26.4.6: "The mutex ... shall be locked by the calling thread", of whatever
 * type; so that no result tells. */
static pthread_mutex_t *locked(mtx_t *mutex, const char *fault, uintptr_t place)
{
    pthread_mutex_t *posix = mutex_of(mutex, place);

    if (me != NULL && object_at(mutex, OBJECT_MUTEX)->owner != (int)me->id)
        run_misuse(place, fault);
    return posix;
}

int mtx_unlock(mtx_t *mutex)
{
    return result_of(
        mutex_unlock(locked(mutex, "unlocks a mutex that it has not locked", HERE), HERE));
}

/* Conditions -------------------------------------------------------------------- */

int cnd_init(cnd_t *condition)
{
    return result_of(condition_init((pthread_cond_t *)condition, NULL, HERE));
}

void cnd_destroy(cnd_t *condition)
{
    condition_destroy((pthread_cond_t *)condition, HERE);
}

int cnd_wait(cnd_t *condition, mtx_t *mutex)
{
    pthread_mutex_t *posix = locked(mutex, "waits with a mutex that it has not locked", HERE);

    return result_of(
        condition_wait((pthread_cond_t *)condition, posix, CLOCK_REALTIME, NULL, HERE));
}

int cnd_timedwait(cnd_t *restrict condition, mtx_t *restrict mutex,
                  const struct timespec *restrict limit)
{
    pthread_mutex_t *posix = locked(mutex, "waits with a mutex that it has not locked", HERE);

    return result_of(
        condition_wait((pthread_cond_t *)condition, posix, CLOCK_REALTIME, limit, HERE));
}

int cnd_signal(cnd_t *condition)
{
    return result_of(condition_signal((pthread_cond_t *)condition, HERE));
}

int cnd_broadcast(cnd_t *condition)
{
    return result_of(condition_broadcast((pthread_cond_t *)condition, HERE));
}

/* Once, and storage ---------------------------------------------------------------- */

void call_once(once_flag *flag, void (*routine)(void))
{
    once_call((pthread_once_t *)flag, routine, HERE);
}

int tss_create(tss_t *key, tss_dtor_t destroy)
{
    return result_of(key_create(key, destroy, HERE));
}

void tss_delete(tss_t key)
{
    pthread_key_delete(key);
}

void *tss_get(tss_t key)
{
    return pthread_getspecific(key);
}

int tss_set(tss_t key, void *value)
{
    return result_of(pthread_setspecific(key, value));
}
