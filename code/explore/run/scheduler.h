/*
 * The scheduler of one run: the program's threads are real threads, and each
 * stands at a gate of its own before every operation that others could
 * notice. One gate at a time is open. So a state of the program is: what each
 * thread would do next; and a schedule is: who may, step after step.
 *
 * Only the thread whose gate is open runs, so nothing here needs a lock: the
 * baton is handed over through the gates' futexes.
 *
 * The room run: one run of the program: its threads, objects, memory and time.
 */
#ifndef EXPLORE_RUN_SCHEDULER_H
#define EXPLORE_RUN_SCHEDULER_H

#include <pthread.h>
#include <string.h>

#include "explore/model/clock.h"
#include "explore/model/record.h"
#include "explore/run/buffer.h"
#include "explore/run/finish.h"
#include "explore/world/crew.h"

struct thread;
struct label;

typedef bool thread_question(const struct thread *thread);

/* What a thread asks for. `about` is for the questions, which may be asked at
 * any time until the step is taken. */
struct request {
    struct op op;
    thread_question *ready; /* can it be done now? NULL: always */
    thread_question *lazy;  /* would it rather wait? NULL: never */
    thread_question *idle;  /* will it leave all as it is? NULL: no */
    thread_question *look;  /* ... and is it to others as if it only looked? NULL: no */
    bool passes;            /* may go before what waits in the thread's buffer */
    const void *about;
    const struct label *label; /* where a graph grows: what it is there; NULL: its kind says */
    int64_t deadline_ns;       /* virtual time; orders the lazy ones */
    void (*cancel)(void);      /* not NULL: a cancellation point; called first, if it ends there */
};

enum { THREAD_NAME_SIZE = 16 }; /* the kernel's, with its zero (prctl(2), PR_SET_NAME) */

struct thread {
    unsigned id;
    int gate; /* 1: open */
    bool alive, detached, joined, signalled;
    bool cancelled, uncancellable;
    const struct thread *joiner; /* who joined it, or NULL */
    unsigned inside;             /* in the runtime's own code: see nothing */
    const void *stack;           /* where it begins: its highest address */
    size_t stack_size;           /* that was asked for; 0: nobody said */
    const void *floor;           /* ... and ends; NULL: the main thread's, nobody says */
    const void *frame;           /* ours, in the step that it asks for */
    pthread_t handle;
    void *(*routine)(void *);
    bool is_c; /* C's: it returns an int */
    char name[THREAD_NAME_SIZE];
    void *argument, *result;
    struct request request;
    struct buffer stores;
    struct clock clock;                        /* by synchronisation only: see races.h */
    struct clock acquire_fence, release_fence; /* see tsan_atomics.c */
    uint32_t spurious_left;
    unsigned writes;                    /* to memory of others, so far */
    const volatile uint8_t *written_at; /* by its last step, for the trace */
    uint32_t written_size, written_step;
    struct calls calls;     /* as its __tsan_func_entry says */
    struct {                /* state.c's */
        uint64_t within;    /* what its steps in the call that it is in have come to */
        uint64_t read;      /* what its last step has read that the event cannot hold */
        uint64_t local;     /* its thread-local variables, as a number */
        uintptr_t saved[8]; /* registers that the program wants back */
        uint32_t step;      /* one more than its last step; 0: none */
        int error;          /* errno */
        uint32_t planned;   /* so many of its steps are still to come in the plan */
        uint64_t last;      /* its last step and its accesses since then, as a number */
    } state;
};

/* The running thread; NULL outside of a run, where all is as usual. */
extern _Thread_local struct thread *me;

extern struct record *record; /* of this run */
extern struct thread threads[THREADS_MOST];

/* This process is now the run that record->plan asks for. `ended`, or NULL, is
 * called when it is over, before the process ends. */
void scheduler_begin(void (*ended)(void));

/* Wait until it is this thread's turn to do `request`. What it returns is the
 * step's own event, to be filled in. */
struct event *step(const struct request *request);

/* ... when it is always possible and touches one thing, or nothing. */
struct event *step_simple(enum op_kind kind, const volatile void *at, uint32_t size,
                          enum touch_mode mode, uintptr_t place);

/* The n-th of a set, in an order that is the same in all runs that one step can have. */
unsigned threads_nth(thread_set set, unsigned n);

/* Which of `count` outcomes the step just taken shall have. */
unsigned step_choose(unsigned count);

/* Right after the running thread's step that begins to wait: shall it be woken
 * without cause, as POSIX allows? That is one more choice, as long as the
 * thread has such wake-ups left. One that comes at once stands for all: who
 * has woken and takes the lock late, has waited for nobody to see. */
bool step_wakes_without_cause(void);

/* Right after the running thread's step that is a call of `kind`: shall it fail?
 * One more choice, if such calls are to be tried, until one of the run has
 * failed. */
bool step_fails(unsigned kind);

/* For request.cancel, where nothing has to be put in order. */
void cancel_simply(void);

/* A new thread, not started: its first step is OP_START. NULL: too many. */
struct thread *thread_add(void *(*routine)(void *), void *argument);

/* So many there were so far, their numbers from 0 on. */
unsigned threads_used(void);

/* Could it take a step, if a loop that finds nothing changed went on; and can it? */
bool thread_is_able(const struct thread *thread);
bool thread_is_ready(const struct thread *thread);

/* The thread with that handle; NULL: there is none. */
struct thread *thread_of(pthread_t handle);

/* A thread's life, for those who use its number: a step's touch; and behind the step,
 * whether it is over (thread.c). */
struct touch thread_life_touch(const struct thread *other);
void thread_check_life(const struct thread *other, uintptr_t place);

/* In the new thread: wait for that first step. */
void thread_begin(struct thread *thread);

/* Set what lies below the caller's frame, and may hold how long we waited, to
 * zero. */
void stack_wipe(void);

/* By so many bytes what is on stacks, and in the heap, lies elsewhere. */
static inline size_t shift_of_addresses(void)
{
    if ((record->plan.others & OTHER_ADDRESSES) == 0)
        return 0;
    return (record->plan.others & OTHER_WAY) != 0 ? OTHER_WAY_SHIFT : OTHER_SHIFT;
}

/* ... and of two blocks, or stacks, the later one lies on the other side. */
static inline bool addresses_turn_round(void)
{
    return (record->plan.others & (OTHER_ADDRESSES | OTHER_WAY)) == OTHER_ADDRESSES;
}

/* Who of the crew (world/crew.h) is thread `id`? */
static inline unsigned crew_number(unsigned id)
{
    return id != 0 && addresses_turn_round() ? crew_size() - id : id;
}

/* The function that says so goes on with less of the stack. */
#define stack_shift() \
    __asm__ volatile("" : : "r"(__builtin_alloca(shift_of_addresses() + 16)) : "memory")

/* What memory holds that nobody has written. */
static inline int fill_of_memory(void)
{
    if ((record->plan.others & OTHER_MEMORY) == 0)
        return 0;
    return (record->plan.others & OTHER_WAY) != 0 ? OTHER_FILL ^ 0xff : OTHER_FILL;
}

/* ... in no two places the same, as two structs with padding could be compared. `salt`
 * tells apart what begins alike. */
static inline void fill_unwritten(void *at, size_t size, unsigned salt)
{
    int fill = fill_of_memory();

    if (fill == 0)
        memset(at, 0, size);
    for (size_t i = 0; fill != 0 && i < size; i++)
        ((volatile uint8_t *)at)[i] = (uint8_t)((unsigned)fill ^ ((unsigned)(i / 8) + salt) * 27);
}

/* After OP_EXIT: let the others go on, and never come back. */
_Noreturn void thread_leave(void);

/* Let `clock` know what this thread did so far; learn what `clock` knows. */
void clock_release(struct clock *clock);
void clock_acquire(const struct clock *clock);

/* Where the program called the function that says HERE. */
#define HERE ((uintptr_t)__builtin_return_address(0))

/* Before runs: say which memory is theirs (world/worlds.h). */
void threads_memory(void);

#endif
