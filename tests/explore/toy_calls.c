/*
 * What programs call: threads, locks, printing, memory, ends.
 */
#include "toy.h"

#include <assert.h>
#include <errno.h>
#include <semaphore.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Threads -------------------------------------------------------------------------- */

static _Noreturn void leave(void *result)
{
    toy_step(NOTHING, NULL);
    me()->result = result;
    me()->alive = false;
    toy_step(NOTHING, NULL);
    abort();
}

static void enter(void)
{
    me()->wants = NOTHING;
    leave(me()->routine(me()->argument));
}

struct thread *toy_add(void *(*routine)(void *), void *argument)
{
    struct thread *thread = &toy->threads[toy->thread_count];
    char *stack = thread->stack;

    if (toy->thread_count++ == THREADS)
        abort();
    *thread = (struct thread){
        .stack = stack,
        .routine = routine,
        .argument = argument,
        .alive = true,
        .spurious_left = SPURIOUS,
    };
    getcontext(&thread->context);
    thread->context.uc_stack.ss_sp = stack;
    thread->context.uc_stack.ss_size = STACK;
    makecontext(&thread->context, enter, 0);
    return thread;
}

int pthread_create(pthread_t *handle, const pthread_attr_t *attr, void *(*routine)(void *),
                   void *argument)
{
    (void)attr;
    toy_step(NOTHING, NULL);
    *handle = (pthread_t)toy_add(routine, argument);
    return 0;
}

int pthread_join(pthread_t handle, void **result)
{
    struct thread *thread = (struct thread *)handle;

    toy_step(AN_END, thread);
    if (result != NULL)
        *result = thread->result;
    return 0;
}

void pthread_exit(void *result)
{
    leave(result);
}

pthread_t pthread_self(void)
{
    return (pthread_t)me();
}

/* Synchronisation ------------------------------------------------------------------ */

int pthread_mutex_lock(pthread_mutex_t *mutex)
{
    toy_step(A_MUTEX, mutex);
    *(int *)mutex = toy->now + 1;
    return 0;
}

int pthread_mutex_trylock(pthread_mutex_t *mutex)
{
    toy_step(NOTHING, NULL);
    if (!toy_is_free(mutex))
        return EBUSY;
    *(int *)mutex = toy->now + 1;
    return 0;
}

int pthread_mutex_unlock(pthread_mutex_t *mutex)
{
    toy_step(NOTHING, NULL);
    *(int *)mutex = 0;
    return 0;
}

int pthread_mutex_init(pthread_mutex_t *mutex, const pthread_mutexattr_t *attr)
{
    (void)attr;
    *(int *)mutex = 0;
    return 0;
}

int pthread_mutex_destroy(pthread_mutex_t *mutex)
{
    (void)mutex;
    return 0;
}

int pthread_cond_wait(pthread_cond_t *condition, pthread_mutex_t *mutex)
{
    toy_step(NOTHING, NULL);
    *(int *)mutex = 0;
    me()->signalled = false;
    me()->has_given = mutex;
    toy_step(A_SIGNAL, condition);
    if (!me()->signalled)
        me()->spurious_left--;
    *(int *)mutex = toy->now + 1;
    return 0;
}

static int wake(pthread_cond_t *condition, bool all)
{
    struct thread *waiters[THREADS];
    int count = 0;

    toy_step(NOTHING, NULL);
    for (int i = 0; i < toy->thread_count; i++) {
        struct thread *thread = &toy->threads[i];

        if (thread->alive && thread->wants == A_SIGNAL && thread->about == condition &&
            !thread->signalled)
            waiters[count++] = thread;
    }
    for (int i = 0; i < count && all; i++)
        waiters[i]->signalled = true;
    if (count > 0 && !all)
        waiters[toy_choose(count)]->signalled = true;
    return 0;
}

int pthread_cond_signal(pthread_cond_t *condition)
{
    return wake(condition, false);
}

int pthread_cond_broadcast(pthread_cond_t *condition)
{
    return wake(condition, true);
}

int pthread_cond_init(pthread_cond_t *condition, const pthread_condattr_t *attr)
{
    (void)condition, (void)attr;
    return 0;
}

int pthread_cond_destroy(pthread_cond_t *condition)
{
    (void)condition;
    return 0;
}

int sem_init(sem_t *semaphore, int shared, unsigned value)
{
    (void)shared;
    *(int *)semaphore = (int)value;
    return 0;
}

int sem_wait(sem_t *semaphore)
{
    toy_step(A_SEMAPHORE, semaphore);
    --*(int *)semaphore;
    return 0;
}

int sem_trywait(sem_t *semaphore)
{
    toy_step(NOTHING, NULL);
    if (*(int *)semaphore == 0) {
        errno = EAGAIN;
        return -1;
    }
    --*(int *)semaphore;
    return 0;
}

int sem_post(sem_t *semaphore)
{
    toy_step(NOTHING, NULL);
    ++*(int *)semaphore;
    return 0;
}

int sem_destroy(sem_t *semaphore)
{
    (void)semaphore;
    return 0;
}

int sched_yield(void)
{
    toy_step(NOTHING, NULL);
    return 0;
}

/* Printing, memory, ends ------------------------------------------------------------- */

static void put(const char *text, size_t size)
{
    toy_step(NOTHING, NULL);
    if (toy->output_size + size >= OUTPUT)
        abort();
    memcpy(toy->output + toy->output_size, text, size);
    toy->output_size += size;
}

int printf(const char *format, ...)
{
    char text[512];
    va_list args;
    int size;

    va_start(args, format);
    size = vsnprintf(text, sizeof text, format, args);
    va_end(args);
    put(text, (size_t)size);
    return size;
}

int puts(const char *text)
{
    return printf("%s\n", text);
}

int putchar(int c)
{
    put(&(char){(char)c}, 1);
    return c;
}

void *malloc(size_t size)
{
    char *memory = toy->heap + toy->heap_used;

    if (size > PTRDIFF_MAX)
        return NULL;
    toy->heap_used += (size + 31) & ~(size_t)15;
    if (toy->heap_used > HEAP)
        abort();
    return memset(memory, 0x5a, size);
}

void *calloc(size_t count, size_t size)
{
    return memset(malloc(count * size), 0, count * size);
}

void free(void *memory)
{
    (void)memory;
}

void exit(int status)
{
    char ending[32];

    toy_step(NOTHING, NULL);
    snprintf(ending, sizeof ending, "exit %d", status);
    toy_finish(ending);
}

void abort(void)
{
    if (toy == NULL || toy->thread_count == 0)
        _exit(2);
    toy_step(NOTHING, NULL);
    toy_finish("signal 6");
}

void __assert_fail(const char *what, const char *file, unsigned line, const char *function)
{
    (void)what, (void)file, (void)line, (void)function;
    abort();
}
