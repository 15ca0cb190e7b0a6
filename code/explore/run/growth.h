/*
 * A run that grows an execution graph (graph.h): the plan's choices are events of
 * a graph, in an order that extends po and rf; behind them the run goes on with one
 * child of each graph, and leaves the plans of the others behind. So the threads run as
 * they always do, one at a time, but what an atomic access reads is what the graph
 * says, and the memory is right for the plain accesses: without data races each of
 * them finds what happened before it last.
 *
 * A choice's alternative says how many writes, of those that are there already,
 * stand behind in co: 0 is the last one.
 */
#ifndef EXPLORE_RUN_GROWTH_H
#define EXPLORE_RUN_GROWTH_H

#include "explore/graph/graph.h"
#include "explore/run/scheduler.h"

static inline bool growth_is_on(void)
{
    return record != NULL && record->plan.memory != MEMORY_STEPS;
}

/* Before the first step. */
void growth_begin(void);

/* Whose step is next; it is in the graph then. Ends the run when there is none. */
struct choice growth_choose(void);

/* So many of the plan's choices have been followed. */
uint32_t growth_followed(void);

/* Its memory, before the search is parted from the runs. */
void growth_memory(void);

/* What the step has read, and when that was written: it is the run's last so far. */
void growth_note(struct event *event);

/* A thread was made by the running one's last step. */
void growth_made(unsigned thread);

/* The running thread's last step lets another one go on, which has waited for that (see
 * OP_RESUME, OP_LEAVE). Which step that was. */
void growth_woke(unsigned thread);
int growth_waker(unsigned thread);

/* The first of two threads, by who made them and not by their numbers, which depend on
 * the order of the run. */
bool growth_thread_before(unsigned a, unsigned b);

/* What the running thread's last step, an access or a lock, has come to. */
uint64_t growth_read(void);
bool growth_writes(void);
uint64_t growth_written(void);
bool growth_is_last(void); /* is the write the last one in co, so far? */

/* The step's synchronisation, by C11's rules (see tsan_atomics.c). */
void growth_receive(bool acquires);
void growth_send(bool releases);

/* One of `count` ways to go on, each of which is tried. */
unsigned growth_pick(unsigned count, uintptr_t place);

/* The bytes are written by a plain access, or are no variable any more: what is an
 * atomic there afterwards is another one. */
void growth_forget(uintptr_t at, size_t size);

/* A lock, a semaphore ... is made there: another than what was there before. */
void growth_renew(uintptr_t at);

#endif
