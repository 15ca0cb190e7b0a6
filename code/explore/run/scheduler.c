#define _GNU_SOURCE
#include "explore/run/scheduler.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "explore/base/large.h"
#include "explore/base/real.h"
#include "explore/run/ends.h"
#include "explore/run/frames.h"
#include "explore/run/gate.h"
#include "explore/run/growth.h"
#include "explore/run/heap.h"
#include "explore/run/mark.h"
#include "explore/run/object.h"
#include "explore/run/races.h"
#include "explore/run/spin.h"
#include "explore/run/state.h"
#include "explore/world/kernel.h"
#include "explore/world/worlds.h"

_Thread_local struct thread *me;
struct record *record;
LARGE struct thread threads[THREADS_MOST];

static thread_set sleeping;  /* threads that would only repeat (sleep sets) */
static unsigned last_thread; /* who took the last step */
static unsigned used;        /* threads that there were so far */

/* The program's functions come to lie where ours did, and what ours left there
 * is in the variables that they have not set. That is part of a thread's state
 * for spin.c, so it must not tell whether we waited, or for how long. */
void __attribute__((noinline)) stack_wipe(void)
{
    char left[2048];
    size_t size = sizeof left;

    __asm__("" : "+r"(size)); /* gcc's own way to fill so much takes twice as long */
    fill_unwritten(left, size, 0);
    __asm__ volatile("" : : "r"(left) : "memory");
}

/* Whose turn is it? ----------------------------------------------------------- */

/* Nothing but a loop that finds nothing changed keeps it from going on. */
static bool is_cancelled(const struct thread *thread)
{
    return thread->request.cancel != NULL && thread->cancelled && !thread->uncancellable;
}

bool thread_is_able(const struct thread *thread)
{
    return thread->alive && (thread->stores.count > 0 || thread->request.ready == NULL ||
                             thread->request.ready(thread) || is_cancelled(thread));
}

/* Who is cancelled ends there, which is no turn of a loop. */
bool thread_is_ready(const struct thread *thread)
{
    return thread_is_able(thread) &&
           (thread->stores.count > 0 || is_cancelled(thread) || !spin_waits(thread));
}

static thread_set enabled_threads(void)
{
    thread_set enabled = 0;

    for (unsigned i = 0; i < used; i++)
        if (thread_is_ready(&threads[i]))
            enabled |= bit(i);
    return enabled;
}

static bool is_lazy(const struct thread *thread)
{
    return thread->request.lazy != NULL && !is_cancelled(thread) && thread->request.lazy(thread);
}

static thread_set lazy_threads(thread_set enabled)
{
    thread_set lazy = 0;

    for (unsigned i = 0; i < used; i++)
        if ((enabled & bit(i)) != 0 && is_lazy(&threads[i]))
            lazy |= bit(i);
    return lazy;
}

/* Left alone, a thread runs on, and a limit passes only when nobody has
 * anything else to do: the schedule that a reader expects. */
static unsigned most_natural(thread_set candidates)
{
    unsigned best = THREADS_MOST;

    if ((candidates & bit(last_thread)) != 0 && !is_lazy(&threads[last_thread]))
        return last_thread;
    for (unsigned i = 0; i < THREADS_MOST; i++)
        if ((candidates & bit(i)) != 0 && !is_lazy(&threads[i]))
            return i;
    for (unsigned i = 0; i < THREADS_MOST; i++)
        if ((candidates & bit(i)) != 0 &&
            (best == THREADS_MOST ||
             threads[i].request.deadline_ns < threads[best].request.deadline_ns))
            best = i;
    return best;
}

static _Noreturn void end_diverged(const char *why, unsigned thread)
{
    snprintf(record->fault, sizeof record->fault, "at step %u, thread %u %s",
             record->event_count + 1, thread, why);
    run_end(ENDING_DIVERGED, 0);
}

static struct choice planned(thread_set enabled)
{
    const struct plan *plan = &record->plan;
    struct choice choice = plan->choices[record->event_count];

    if (record->event_count + 1 == plan->choice_count)
        sleeping = plan->sleeping;
    if (choice.thread >= THREADS_MOST || (enabled & bit(choice.thread)) == 0)
        end_diverged("cannot go on", choice.thread);
    return choice;
}

static struct choice choose(thread_set enabled)
{
    if (record->event_count < record->plan.choice_count)
        return planned(enabled);
    if ((enabled & ~sleeping) == 0)
        run_end(ENDING_REDUNDANT, 0);
    return (struct choice){.thread = (uint8_t)most_natural(enabled & ~sleeping)};
}

/* The thread's next step, as things are now: a compare-exchange that would fail
 * only looks. Which of two it is, is asked in the state in which both could be
 * taken; there they commute if neither changes what the other touches. */
static struct op op_now(const struct thread *thread)
{
    struct op op = thread->request.op;

    if (thread->request.look != NULL && thread->request.look(thread))
        op.touches[0].mode = TOUCH_LOOK;
    return op;
}

static bool is_idle(const struct thread *thread)
{
    return thread->request.idle != NULL && thread->request.idle(thread);
}

/* Whoever would do something that depends on this step has a new reason to be
 * looked at (Godefroid's sleep sets). */
static void wake_sleepers(const struct event *event)
{
    sleeping &= ~bit(event->thread);
    for (unsigned i = 0; i < used; i++)
        if ((sleeping & bit(i)) != 0) {
            struct op op = op_now(&threads[i]);

            if (op_dependent(&op, &event->op))
                sleeping &= ~bit(i);
        }
}

static bool is_beyond_plan(void)
{
    return !record->plan.merges || record->event_count >= record->plan.choice_count;
}

static void take_out(struct event *event, const struct thread *thread)
{
    event->op = buffer_op(thread);
    event->failed = event->idle = false;
}

/* Choose who takes the next step, and write it down. */
static struct thread *next_turn(void)
{
    thread_set enabled = enabled_threads();
    struct choice choice;
    struct event *event;

    if (record->plan.marks > 0 && ((enabled & (enabled - 1)) != 0 || growth_is_on()) && mark_here())
        sleeping = 0;
    if (record->event_count >= record->plan.step_limit)
        run_end(ENDING_STEPS, 0);
    if (record->plan.states && is_beyond_plan() && state_is_known(enabled))
        run_end(ENDING_REDUNDANT, 0);
    if (growth_is_on())
        choice = growth_choose();
    else if (enabled == 0)
        run_end_stuck();
    else
        choice = choose(enabled);
    event = &record->events[record->event_count];
    *event = (struct event){
        .op = op_now(&threads[choice.thread]),
        .thread = choice.thread,
        .alternative = choice.alternative,
        .alternatives = (uint8_t)buffer_alternatives(&threads[choice.thread]),
        .enabled = enabled,
        .sleeping = sleeping,
        .lazy = lazy_threads(enabled),
        .failed = is_lazy(&threads[choice.thread]),
        .idle = is_idle(&threads[choice.thread]),
    };
    if (buffer_comes_out(&threads[choice.thread], choice.alternative))
        take_out(event, &threads[choice.thread]);
    if (record->plan.values)
        record->calls[record->event_count] = threads[choice.thread].calls;
    record->event_count++;
    if (growth_is_on())
        growth_note(event);
    last_thread = choice.thread;
    threads[choice.thread].state.step = record->event_count;
    if (record->plan.merges)
        state_step(&threads[choice.thread], event);
    wake_sleepers(event);
    spin_notice(&threads[choice.thread], event);
    return &threads[choice.thread];
}

unsigned threads_used(void)
{
    return used;
}

/* Steps ----------------------------------------------------------------------- */

/* What its last step has written is known only now. */
static void note_written(struct thread *thread)
{
    uint64_t value = 0;

    for (unsigned i = 0; i < thread->written_size && i < sizeof value; i++)
        value |= (uint64_t)thread->written_at[i] << 8 * i;
    if (thread->written_size > 0)
        record->events[thread->written_step].value = value;
    thread->written_size = 0;
}

static bool is_of_lock(enum op_kind kind)
{
    return kind >= OP_LOCK && kind <= OP_ARRIVE;
}

/* A lock, a condition ... lies in memory: whoever uses it after that was freed,
 * or without anything that orders the two, is at fault as with any access. */
static void use_object(const struct op *op)
{
    if (op->kind == OP_READ || op->kind == OP_WRITE || op->kind == OP_UPDATE)
        return;
    for (int i = 0; i < OP_TOUCHES; i++)
        if (op->touches[i].mode != TOUCH_NONE && heap_holds(op->touches[i].at)) {
            race_note(op->touches[i].at, 1, ACCESS_ATOMIC_READ, op->place);
            heap_use(op->touches[i].at, op->place);
        } else if (op->touches[i].mode != TOUCH_NONE && (growth_is_on() || is_of_lock(op->kind))) {
            race_note(op->touches[i].at, 1,
                      op->kind == OP_DESTROY ? ACCESS_WRITE : ACCESS_ATOMIC_READ, op->place);
            frames_access(op->touches[i].at, false, op->place);
        }
}

void cancel_simply(void)
{
}

/* At a cancellation point. Whether what it waits for has come as well makes no
 * difference that anybody could see: then it could have gone on before. */
static _Noreturn void end_cancelled(struct event *event)
{
    event->op.kind = OP_CANCELLED;
    me->uncancellable = true;
    me->request.cancel();
    end_of_cancelled();
}

/* The running thread waits for its turn. */
static struct event *pass(struct thread *self)
{
    struct thread *next = next_turn();

    if (next != self)
        gate_hand_over(self, next);
    return &record->events[record->event_count - 1];
}

struct event *step(const struct request *request)
{
    struct thread *self = me;
    struct event *event;

    self->inside++;
    note_written(self);
    self->request = *request;
    self->frame = __builtin_frame_address(0);
    if (request->cancel != NULL)
        self->request.op.touches[2] = (struct touch){(uintptr_t)&self->cancelled, 1, TOUCH_LOOK};
    spin_ask(&self->request.op);
    if (record->plan.states)
        state_ask();
    while ((event = pass(self))->op.kind == OP_FLUSH)
        buffer_flush(event);
    self->inside--;
    if (is_cancelled(self))
        end_cancelled(event);
    use_object(&event->op);
    stack_wipe();
    return event;
}

struct event *step_simple(enum op_kind kind, const volatile void *at, uint32_t size,
                          enum touch_mode mode, uintptr_t place)
{
    struct request request = {
        .op = {.kind = kind,
               .place = place,
               .touches = {{(uintptr_t)at, size, at != NULL ? mode : TOUCH_NONE}}},
    };

    return step(&request);
}

/* Numbers are given in the order of the run, and a graph has runs in many orders. */
static bool is_before(unsigned a, unsigned b)
{
    return growth_is_on() ? growth_thread_before(a, b) : a < b;
}

static unsigned count_before(thread_set set, unsigned thread)
{
    unsigned count = 0;

    for (unsigned i = 0; i < used; i++)
        count += (set & bit(i)) != 0 && i != thread && is_before(i, thread);
    return count;
}

unsigned threads_nth(thread_set set, unsigned n)
{
    unsigned thread = 0;

    while ((set & bit(thread)) == 0 || count_before(set, thread) != n)
        thread++;
    return thread;
}

unsigned step_choose(unsigned count)
{
    struct event *event;

    if (growth_is_on()) /* also before the first step */
        return growth_pick(count, me->request.op.place);
    event = &record->events[record->event_count - 1];
    event->alternatives = (uint8_t)count;
    if (event->alternative >= count)
        end_diverged("has no such choice", event->thread);
    return event->alternative;
}

bool step_wakes_without_cause(void)
{
    record->waits = true;
    if (me->spurious_left == 0 || step_choose(2) == 0)
        return false;
    me->spurious_left--;
    record->events[record->event_count - 1].unlucky = true;
    return true;
}

bool step_fails(unsigned kind)
{
    static bool one_failed; /* which is no matter of order: it is so or not in all of a class */

    if ((record->plan.failing & kind) == 0 || one_failed || step_choose(2) == 0)
        return false;
    record->events[record->event_count - 1].unlucky = true;
    return one_failed = true;
}

/* So many are the thread's, where states are merged. */
static uint32_t planned_steps(unsigned thread)
{
    const struct plan *plan = &record->plan;
    uint32_t steps = 0;

    for (uint32_t i = record->event_count; i < plan->choice_count && plan->merges; i++)
        steps += plan->choices[i].thread == thread;
    return steps;
}

/* Threads --------------------------------------------------------------------- */

struct thread *thread_add(void *(*routine)(void *), void *argument)
{
    for (unsigned i = 1; i < THREADS_MOST; i++)
        if (threads[i].routine == NULL) {
            threads[i] = (struct thread){
                .id = i,
                .alive = true,
                .routine = routine,
                .argument = argument,
                .request = {.op = {.kind = OP_START, .place = (uintptr_t)routine + 1}},
                .spurious_left = record->plan.spurious,
            };
            threads[i].clock.ticks[i] = 1;
            memcpy(threads[i].name, me->name, sizeof me->name); /* clone(2): as all else */
            threads[i].state.planned = planned_steps(i);
            if (growth_is_on())
                growth_made(i);
            memcpy(&record->routines[i], &routine, sizeof routine);
            used = i + 1;
            return &threads[i];
        }
    return NULL;
}

void thread_begin(struct thread *thread)
{
    if (!worlds_is_run()) {
        gate_pass(thread);
        record->tids[thread->id] = (pid_t)real.syscall(SYS_gettid);
    }
    me = thread;
}

void thread_leave(void)
{
    struct thread *self = me;

    self->inside++;
    note_written(self);
    self->alive = false;
    for (;;)
        gate_hand_over(self, next_turn());
}

void scheduler_begin(void (*ended)(void))
{
    finish_begin(ended);
    sleeping = 0;
    last_thread = 0;
    growth_begin();
    used = 1;
    threads[0] = (struct thread){
        .alive = true,
        .handle = pthread_self(),
        .spurious_left = record->plan.spurious,
        .clock.ticks = {1},
        .state.planned = planned_steps(0),
    };
    kernel_call(SYS_prctl, PR_GET_NAME, (long)threads[0].name, 0);
    me = &threads[0];
}

/* Clocks ---------------------------------------------------------------------- */

/* What was done so far happened before; what comes next did not. */
void clock_release(struct clock *clock)
{
    clock_join(clock, &me->clock);
    me->clock.ticks[me->id]++;
}

void clock_acquire(const struct clock *clock)
{
    clock_join(&me->clock, clock);
}

void threads_memory(void)
{
    worlds_add(threads, sizeof threads);
}
