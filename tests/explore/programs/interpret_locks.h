/*
 * Words of interpret.c about what threads wait for: mutexes and conditions, read-write
 * locks, semaphores. A thread with an even number says of a limit which clock it is of.
 */
#ifndef HEDDLE_TESTS_INTERPRET_LOCKS_H
#define HEDDLE_TESTS_INTERPRET_LOCKS_H

#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <stddef.h>
#include <threads.h>
#include <time.h>

/* What a thread does, and has seen ------------------------------------------------ */

enum { THINGS = 3 };

static int plain[THINGS];

struct script {
    const char *text;
    int number, words; /* of the thread; done so far */
    unsigned seen;
    int is_c, is_made;
};

static _Thread_local struct script *current;

static void see(struct script *script, int value)
{
    script->seen = (8 * script->seen + (unsigned)value + 1) & 0xffffff;
}

/* What is written differs by thread and place. */
static int to_write(const struct script *script)
{
    return (script->number + 2 * script->words) % 7;
}

/* Locks --------------------------------------------------------------------------- */

enum { RECURSIVE = 2, ERRORCHECK, ROBUST, C_TIMED, C_RECURSIVE, SPIN };

static pthread_mutex_t mutexes[C_TIMED];
static pthread_cond_t conditions[C_TIMED];
static mtx_t c_mutexes[2];
static cnd_t c_conditions[2];
static pthread_spinlock_t spin_lock;
static pthread_rwlock_t rwlocks[THINGS];
static sem_t semaphores[THINGS];

/* The model's numbers for what a call says. */
static int number_of(int error)
{
    switch (error) {
    case 0:
        return 0;
    case EBUSY:
    case ETIMEDOUT:
        return 1;
    case EDEADLK:
        return 2;
    case EPERM:
        return 3;
    case EOWNERDEAD:
        return 4;
    case ENOTRECOVERABLE:
        return 5;
    default:
        return 6;
    }
}

static int number_of_c(int result)
{
    return result == thrd_success ? 0 : result == thrd_busy || result == thrd_timedout ? 1 : 6;
}

static struct timespec in_a_second(void)
{
    struct timespec limit;

    clock_gettime(CLOCK_REALTIME, &limit);
    limit.tv_sec++;
    return limit;
}

static int names_clock(void)
{
    return current->number % 2 == 0;
}

/* Mutexes and conditions ------------------------------------------------------ */

static int lock(int i)
{
    if (i == SPIN)
        return number_of(pthread_spin_lock(&spin_lock));
    return i >= C_TIMED ? number_of_c(mtx_lock(&c_mutexes[i - C_TIMED]))
                        : number_of(pthread_mutex_lock(&mutexes[i]));
}

static int try_lock(int i)
{
    if (i == SPIN)
        return number_of(pthread_spin_trylock(&spin_lock));
    return i >= C_TIMED ? number_of_c(mtx_trylock(&c_mutexes[i - C_TIMED]))
                        : number_of(pthread_mutex_trylock(&mutexes[i]));
}

static int lock_in_time(int i)
{
    struct timespec limit = in_a_second();

    if (i >= C_TIMED)
        return number_of_c(mtx_timedlock(&c_mutexes[i - C_TIMED], &limit));
    if (names_clock())
        return number_of(pthread_mutex_clocklock(&mutexes[i], CLOCK_REALTIME, &limit));
    return number_of(pthread_mutex_timedlock(&mutexes[i], &limit));
}

static int unlock(int i)
{
    if (i == SPIN)
        return number_of(pthread_spin_unlock(&spin_lock));
    return i >= C_TIMED ? number_of_c(mtx_unlock(&c_mutexes[i - C_TIMED]))
                        : number_of(pthread_mutex_unlock(&mutexes[i]));
}

static int wait_c(int i, const struct timespec *limit)
{
    cnd_t *condition = &c_conditions[i - C_TIMED];
    mtx_t *mutex = &c_mutexes[i - C_TIMED];

    return number_of_c(limit != NULL ? cnd_timedwait(condition, mutex, limit)
                                     : cnd_wait(condition, mutex));
}

static void unlock_cancelled(void *mutex)
{
    pthread_mutex_unlock(mutex);
}

static int wait_once(int i, const struct timespec *limit)
{
    if (limit == NULL)
        return number_of(pthread_cond_wait(&conditions[i], &mutexes[i]));
    if (names_clock())
        return number_of(
            pthread_cond_clockwait(&conditions[i], &mutexes[i], CLOCK_REALTIME, limit));
    return number_of(pthread_cond_timedwait(&conditions[i], &mutexes[i], limit));
}

/* Cancelled, it unlocks a plain one, and keeps another. */
static int wait_posix(int i, const struct timespec *limit)
{
    int result;

    if (i >= RECURSIVE)
        return wait_once(i, limit);
    pthread_cleanup_push(unlock_cancelled, &mutexes[i]);
    result = wait_once(i, limit);
    pthread_cleanup_pop(0);
    return result;
}

/* As one should. */
static int wait_for_value(int i)
{
    int value;

    pthread_mutex_lock(&mutexes[0]);
    while ((value = plain[i]) == 0)
        wait_posix(0, NULL);
    pthread_mutex_unlock(&mutexes[0]);
    return value;
}

static int wait_condition(int i, const struct timespec *limit)
{
    return i >= C_TIMED ? wait_c(i, limit) : wait_posix(i, limit);
}

static int wait_in_time(int i)
{
    struct timespec limit = in_a_second();

    return wait_condition(i, &limit);
}

static void signal_condition(char verb, int i)
{
    if (i >= C_TIMED && verb == 's')
        cnd_signal(&c_conditions[i - C_TIMED]);
    else if (i >= C_TIMED)
        cnd_broadcast(&c_conditions[i - C_TIMED]);
    else if (verb == 's')
        pthread_cond_signal(&conditions[i]);
    else
        pthread_cond_broadcast(&conditions[i]);
}

/* True: words are left out up to the next unlock. */
static int leaves_out(struct script *script, int result)
{
    see(script, result);
    return result != 0 && result != 4;
}

static int mutex_word(struct script *script, char verb, int i)
{
    int result;

    switch (verb) {
    case 'l':
    case 'u':
        result = verb == 'l' ? lock(i) : unlock(i);
        if (i >= RECURSIVE)
            see(script, result);
        break;
    case 't':
        return leaves_out(script, try_lock(i));
    case 'n':
        return leaves_out(script, lock_in_time(i));
    case 'K':
        see(script, number_of(pthread_mutex_consistent(&mutexes[i])));
        break;
    case 'c':
        result = wait_condition(i, NULL);
        if (i >= RECURSIVE)
            see(script, result);
        break;
    case 'd':
        see(script, wait_in_time(i));
        break;
    case 'L':
        see(script, wait_for_value(i));
        break;
    case 's':
    case 'b':
        signal_condition(verb, i);
        break;
    }
    return 0;
}

/* Read-write locks and semaphores ------------------------------------------------- */

static int read_in_time(int i)
{
    struct timespec limit = in_a_second();

    if (names_clock())
        return number_of(pthread_rwlock_clockrdlock(&rwlocks[i], CLOCK_REALTIME, &limit));
    return number_of(pthread_rwlock_timedrdlock(&rwlocks[i], &limit));
}

static int write_in_time(int i)
{
    struct timespec limit = in_a_second();

    if (names_clock())
        return number_of(pthread_rwlock_clockwrlock(&rwlocks[i], CLOCK_REALTIME, &limit));
    return number_of(pthread_rwlock_timedwrlock(&rwlocks[i], &limit));
}

static int rwlock_word(struct script *script, char verb, int i)
{
    switch (verb) {
    case 'e':
        pthread_rwlock_rdlock(&rwlocks[i]);
        break;
    case 'f':
        pthread_rwlock_wrlock(&rwlocks[i]);
        break;
    case 'g':
        pthread_rwlock_unlock(&rwlocks[i]);
        break;
    case 'q':
        return leaves_out(script, number_of(pthread_rwlock_tryrdlock(&rwlocks[i])));
    case 'v':
        return leaves_out(script, number_of(pthread_rwlock_trywrlock(&rwlocks[i])));
    case 'T':
        return leaves_out(script, read_in_time(i));
    case 'U':
        return leaves_out(script, write_in_time(i));
    }
    return 0;
}

static int take_in_time(sem_t *semaphore)
{
    struct timespec limit = in_a_second();

    if (names_clock())
        return sem_clockwait(semaphore, CLOCK_REALTIME, &limit);
    return sem_timedwait(semaphore, &limit);
}

static void semaphore_word(struct script *script, char verb, int i)
{
    int value;

    switch (verb) {
    case 'P':
        sem_wait(&semaphores[i]);
        break;
    case 'V':
        sem_post(&semaphores[i]);
        break;
    case 'Q':
        see(script, sem_trywait(&semaphores[i]) != 0);
        break;
    case 'M':
        see(script, take_in_time(&semaphores[i]) != 0);
        break;
    case 'G':
        sem_getvalue(&semaphores[i], &value);
        see(script, value);
        break;
    }
}

static void prepare_mutexes(void)
{
    pthread_mutexattr_t attributes;

    for (int i = 0; i < C_TIMED; i++) {
        pthread_mutexattr_init(&attributes);
        if (i == RECURSIVE)
            pthread_mutexattr_settype(&attributes, PTHREAD_MUTEX_RECURSIVE);
        if (i == ERRORCHECK)
            pthread_mutexattr_settype(&attributes, PTHREAD_MUTEX_ERRORCHECK);
        if (i == ROBUST)
            pthread_mutexattr_setrobust(&attributes, PTHREAD_MUTEX_ROBUST);
        pthread_mutex_init(&mutexes[i], &attributes);
        pthread_cond_init(&conditions[i], NULL);
    }
    mtx_init(&c_mutexes[0], mtx_timed);
    mtx_init(&c_mutexes[1], mtx_timed | mtx_recursive);
    cnd_init(&c_conditions[0]);
    cnd_init(&c_conditions[1]);
    pthread_spin_init(&spin_lock, PTHREAD_PROCESS_PRIVATE);
}

static void prepare_locks(void)
{
    pthread_rwlockattr_t writers_first;

    prepare_mutexes();
    pthread_rwlockattr_init(&writers_first);
    pthread_rwlockattr_setkind_np(&writers_first, PTHREAD_RWLOCK_PREFER_WRITER_NONRECURSIVE_NP);
    for (int i = 0; i < THINGS; i++) {
        pthread_rwlock_init(&rwlocks[i], i == 2 ? &writers_first : NULL);
        sem_init(&semaphores[i], 0, (unsigned)i);
    }
}

#endif
