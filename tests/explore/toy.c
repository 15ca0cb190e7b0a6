/*
 * A second opinion on what programs of the corpus can do: another explorer,
 * as simple as can be, and sharing nothing with code/explore. A program is
 * linked to this instead; toy.sh tells whether it calls only what is here.
 *
 * Its threads are stacks of one thread (makecontext(3)). Every access to memory
 * that is not on the thread's own stack is a step, as is every call below. A
 * run is a list of choices, each out of a number: who takes the next step, and
 * which of the waiters a signal wakes. All lists are tried, in depth-first
 * order and without any reduction; each run begins with the data that the
 * program began with.
 *
 *     toy RUNS     prints "exit 0|OUTPUT" and a NUL for each outcome, each
 *                  once; status 3 when there are more than RUNS runs.
 */
#define _GNU_SOURCE
#include <assert.h>
#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <ucontext.h>
#include <unistd.h>

enum {
    THREADS = 8,
    STACK = 1 << 16,
    CHOICES = 2000, /* in a run; more, and the program is no case for this */
    STEPS = 100000, /* ... where there is nothing to choose, as well */
    SECONDS = 10,   /* of processor time */
    OUTPUT = 4096,
    OUTCOMES = 256,
    HEAP = 1 << 18,
    SPURIOUS = 1 /* wake-ups without cause of each thread, as code/explore's */
};

enum wants { NOTHING, A_MUTEX, A_SIGNAL, AN_END, A_SEMAPHORE };

struct thread {
    ucontext_t context;
    char *stack;
    void *(*routine)(void *);
    void *argument, *result;
    bool alive, signalled;
    int spurious_left;
    enum wants wants;
    void *about;                /* the mutex, condition, thread or semaphore */
    pthread_mutex_t *has_given; /* by the wait for a signal */
};

/* All that outlives a run; the rest of our data is put back with the program's. */
struct toy {
    ucontext_t engine;
    struct thread threads[THREADS];
    int thread_count, now;
    int choices[CHOICES], widths[CHOICES], depth, planned, steps;
    char output[OUTPUT], ending[32];
    size_t output_size;
    char outcomes[OUTCOMES][OUTPUT + 32];
    int outcome_count;
    char heap[HEAP];
    size_t heap_used;
    bool too_much;
};

extern char __data_start, _end;
int program_main(int argc, char **argv);

static struct toy *toy;
static char *data; /* as it was */

static struct thread *me(void)
{
    return &toy->threads[toy->now];
}

/* Choosing ------------------------------------------------------------------------- */

static _Noreturn void finish(const char *ending)
{
    snprintf(toy->ending, sizeof toy->ending, "%s", ending);
    setcontext(&toy->engine);
    abort();
}

static int choose(int width)
{
    if (toy->depth == CHOICES || toy->steps++ == STEPS) {
        toy->too_much = true;
        finish("");
    }
    if (width == 1)
        return 0;
    if (toy->depth == toy->planned) {
        toy->choices[toy->planned] = 0;
        toy->widths[toy->planned++] = width;
    }
    return toy->choices[toy->depth++];
}

static bool is_free(const void *mutex)
{
    return *(const int *)mutex == 0;
}

static bool can_go(const struct thread *thread)
{
    switch (thread->wants) {
    case A_MUTEX:
        return is_free(thread->about);
    case A_SIGNAL:
        return (thread->signalled || thread->spurious_left > 0) && is_free(thread->has_given);
    case AN_END:
        return !((const struct thread *)thread->about)->alive;
    case A_SEMAPHORE:
        return *(const int *)thread->about > 0;
    default:
        return true;
    }
}

static _Noreturn void nobody_can_go(void)
{
    bool waits = false;

    for (int i = 0; i < toy->thread_count; i++)
        waits = waits || (toy->threads[i].alive && toy->threads[i].wants == A_SIGNAL);
    finish(waits ? "lost wake-up" : "deadlock");
}

/* The thread is about to take a step: who goes first? */
static void step(enum wants wants, void *about)
{
    int ready[THREADS], count = 0, before = toy->now;
    bool any = false;

    me()->wants = wants;
    me()->about = about;
    for (int i = 0; i < toy->thread_count; i++) {
        any = any || toy->threads[i].alive;
        if (toy->threads[i].alive && can_go(&toy->threads[i]))
            ready[count++] = i;
    }
    if (!any)
        finish("exit 0");
    if (count == 0)
        nobody_can_go();
    toy->now = ready[choose(count)];
    if (toy->now != before)
        swapcontext(&toy->threads[before].context, &me()->context);
    me()->wants = NOTHING;
}

/* Threads -------------------------------------------------------------------------- */

static _Noreturn void leave(void *result)
{
    step(NOTHING, NULL);
    me()->result = result;
    me()->alive = false;
    step(NOTHING, NULL);
    abort();
}

static void enter(void)
{
    me()->wants = NOTHING;
    leave(me()->routine(me()->argument));
}

static struct thread *add(void *(*routine)(void *), void *argument)
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
    step(NOTHING, NULL);
    *handle = (pthread_t)add(routine, argument);
    return 0;
}

int pthread_join(pthread_t handle, void **result)
{
    struct thread *thread = (struct thread *)handle;

    step(AN_END, thread);
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

/* Synchronisation: a mutex is an int, its owner's number from 1 ----------------------- */

int pthread_mutex_lock(pthread_mutex_t *mutex)
{
    step(A_MUTEX, mutex);
    *(int *)mutex = toy->now + 1;
    return 0;
}

int pthread_mutex_trylock(pthread_mutex_t *mutex)
{
    step(NOTHING, NULL);
    if (!is_free(mutex))
        return EBUSY;
    *(int *)mutex = toy->now + 1;
    return 0;
}

int pthread_mutex_unlock(pthread_mutex_t *mutex)
{
    step(NOTHING, NULL);
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
    step(NOTHING, NULL);
    *(int *)mutex = 0;
    me()->signalled = false;
    me()->has_given = mutex;
    step(A_SIGNAL, condition);
    if (!me()->signalled)
        me()->spurious_left--;
    *(int *)mutex = toy->now + 1;
    return 0;
}

static int wake(pthread_cond_t *condition, bool all)
{
    struct thread *waiters[THREADS];
    int count = 0;

    step(NOTHING, NULL);
    for (int i = 0; i < toy->thread_count; i++) {
        struct thread *thread = &toy->threads[i];

        if (thread->alive && thread->wants == A_SIGNAL && thread->about == condition &&
            !thread->signalled)
            waiters[count++] = thread;
    }
    for (int i = 0; i < count && all; i++)
        waiters[i]->signalled = true;
    if (count > 0 && !all)
        waiters[choose(count)]->signalled = true;
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
    step(A_SEMAPHORE, semaphore);
    --*(int *)semaphore;
    return 0;
}

int sem_trywait(sem_t *semaphore)
{
    step(NOTHING, NULL);
    if (*(int *)semaphore == 0) {
        errno = EAGAIN;
        return -1;
    }
    --*(int *)semaphore;
    return 0;
}

int sem_post(sem_t *semaphore)
{
    step(NOTHING, NULL);
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
    step(NOTHING, NULL);
    return 0;
}

/* Printing, memory, ends ------------------------------------------------------------- */

static void put(const char *text, size_t size)
{
    step(NOTHING, NULL);
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

    step(NOTHING, NULL);
    snprintf(ending, sizeof ending, "exit %d", status);
    finish(ending);
}

void abort(void)
{
    if (toy == NULL || toy->thread_count == 0)
        _exit(2);
    step(NOTHING, NULL);
    finish("signal 6");
}

void __assert_fail(const char *what, const char *file, unsigned line, const char *function)
{
    (void)what, (void)file, (void)line, (void)function;
    abort();
}

/* What the compiler put before each access ------------------------------------------- */

static void access_to(const volatile void *at)
{
    const char *stack = me()->stack;

    if ((const volatile char *)at < stack || (const volatile char *)at >= stack + STACK)
        step(NOTHING, NULL);
}

#define ACCESS(name) \
    void __tsan_##name(void *at); \
    void __tsan_##name(void *at) \
    { \
        access_to(at); \
    }
ACCESS(read1)
ACCESS(read2)
ACCESS(read4)
ACCESS(read8)
ACCESS(read16)
ACCESS(write1)
ACCESS(write2)
ACCESS(write4)
ACCESS(write8)
ACCESS(write16)
ACCESS(unaligned_read2)
ACCESS(unaligned_read4)
ACCESS(unaligned_read8)
ACCESS(unaligned_write2)
ACCESS(unaligned_write4)
ACCESS(unaligned_write8)

void __tsan_init(void);
void __tsan_init(void)
{
}

void __tsan_func_entry(void *caller);
void __tsan_func_entry(void *caller)
{
    (void)caller;
}

void __tsan_func_exit(void);
void __tsan_func_exit(void)
{
}

void __tsan_atomic_thread_fence(int order);
void __tsan_atomic_thread_fence(int order)
{
    (void)order;
    step(NOTHING, NULL);
}

#define UPDATE(bits, name, result) \
    int##bits##_t __tsan_atomic##bits##_##name(volatile int##bits##_t *at, int##bits##_t value, \
                                               int order); \
    int##bits##_t __tsan_atomic##bits##_##name(volatile int##bits##_t *at, int##bits##_t value, \
                                               int order) \
    { \
        int##bits##_t old; \
\
        (void)order; \
        step(NOTHING, NULL); \
        old = *at; \
        *at = (int##bits##_t)(result); \
        return old; \
    }
#define SWAP(bits, strength) \
    int __tsan_atomic##bits##_compare_exchange_##strength(volatile int##bits##_t *at, \
                                                          int##bits##_t *expected, \
                                                          int##bits##_t wanted, int order, \
                                                          int failure_order); \
    int __tsan_atomic##bits##_compare_exchange_##strength(volatile int##bits##_t *at, \
                                                          int##bits##_t *expected, \
                                                          int##bits##_t wanted, int order, \
                                                          int failure_order) \
    { \
        (void)order, (void)failure_order; \
        step(NOTHING, NULL); \
        if (*at == *expected) { \
            *at = wanted; \
            return 1; \
        } \
        *expected = *at; \
        return 0; \
    }
#define ATOMICS(bits) \
    int##bits##_t __tsan_atomic##bits##_load(const volatile int##bits##_t *at, int order); \
    int##bits##_t __tsan_atomic##bits##_load(const volatile int##bits##_t *at, int order) \
    { \
        (void)order; \
        step(NOTHING, NULL); \
        return *at; \
    } \
    void __tsan_atomic##bits##_store(volatile int##bits##_t *at, int##bits##_t value, int order); \
    void __tsan_atomic##bits##_store(volatile int##bits##_t *at, int##bits##_t value, int order) \
    { \
        (void)order; \
        step(NOTHING, NULL); \
        *at = value; \
    } \
    UPDATE(bits, exchange, value) \
    UPDATE(bits, fetch_add, old + value) \
    UPDATE(bits, fetch_sub, old - value) \
    UPDATE(bits, fetch_and, old &value) \
    UPDATE(bits, fetch_or, old | value) \
    UPDATE(bits, fetch_xor, old ^ value) \
    SWAP(bits, strong)
ATOMICS(8)
ATOMICS(16)
ATOMICS(32)
ATOMICS(64)

/* The search ------------------------------------------------------------------------- */

static void *begin(void *argument)
{
    static char name[] = "program";

    exit(program_main(1, (char *[]){name, NULL}));
    return argument;
}

static void run(void)
{
    volatile bool over = false;

    memcpy(&__data_start, data, (size_t)(&_end - &__data_start));
    toy->thread_count = toy->now = toy->depth = toy->steps = 0;
    toy->heap_used = toy->output_size = 0;
    getcontext(&toy->engine);
    if (over)
        return;
    over = true;
    add(begin, NULL);
    setcontext(&toy->threads[0].context);
}

static void note(void)
{
    char text[OUTPUT + 32];

    toy->output[toy->output_size] = '\0';
    snprintf(text, sizeof text, "%s|%s", toy->ending, toy->output);
    for (int i = 0; i < toy->outcome_count; i++)
        if (strcmp(toy->outcomes[i], text) == 0)
            return;
    if (toy->outcome_count == OUTCOMES)
        toy->too_much = true;
    else
        strcpy(toy->outcomes[toy->outcome_count++], text);
}

/* The next list of choices: the last that can be another one is. */
static bool backtrack(void)
{
    while (toy->planned > 0 && toy->choices[toy->planned - 1] + 1 == toy->widths[toy->planned - 1])
        toy->planned--;
    if (toy->planned == 0)
        return false;
    toy->choices[toy->planned - 1]++;
    return true;
}

static void *map(size_t size)
{
    void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

    if (memory == MAP_FAILED)
        _exit(2);
    return memory;
}

int main(int argc, char **argv)
{
    long most = argc > 1 ? strtol(argv[1], NULL, 10) : 100000, runs = 0;
    size_t size = (size_t)(&_end - &__data_start);

    /* A program that computes for ever takes no step. */
    setrlimit(RLIMIT_CPU, &(const struct rlimit){SECONDS, SECONDS});
    toy = map(sizeof *toy);
    data = map(size);
    for (int i = 0; i < THREADS; i++)
        toy->threads[i].stack = map(STACK);
    memcpy(data, &__data_start, size);
    do {
        run();
        note();
    } while (!toy->too_much && ++runs < most && backtrack());
    if (toy->too_much || toy->planned > 0)
        _exit(3);
    for (int i = 0; i < toy->outcome_count; i++)
        if (write(STDOUT_FILENO, toy->outcomes[i], strlen(toy->outcomes[i]) + 1) < 0)
            _exit(2);
    _exit(0);
}
