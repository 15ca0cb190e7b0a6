/*
 * Inside the second explorer (toy.c).
 */
#ifndef HEDDLE_TESTS_TOY_H
#define HEDDLE_TESTS_TOY_H

#define _GNU_SOURCE
#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <ucontext.h>

enum {
    THREADS = 8,
    STACK = 1 << 16,
    CHOICES = 2000, /* in a run; more, and the program is no case for this */
    STEPS = 100000, /* ... where there is nothing to choose, as well */
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

extern struct toy *toy;

static inline struct thread *me(void)
{
    return &toy->threads[toy->now];
}

/* A mutex is an int: its owner's number from 1. */
static inline bool toy_is_free(const void *mutex)
{
    return *(const int *)mutex == 0;
}

/* One of so many, as this run has it. */
int toy_choose(int width);

/* The running thread is about to take a step, when it can: who goes first? */
void toy_step(enum wants wants, void *about);

/* The run is over. */
_Noreturn void toy_finish(const char *ending);

/* One more thread. */
struct thread *toy_add(void *(*routine)(void *), void *argument);

#endif
