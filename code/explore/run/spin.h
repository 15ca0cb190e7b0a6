/*
 * Loops that wait: a thread that comes back to the same place in the same
 * state, having changed nothing, and finding nothing changed, would turn for
 * ever. It need not: it waits until another thread changes something that it
 * looked at. Nothing is lost by that, as a turn more or less is noticed by
 * nobody (compare Kokologiannakis, Ren, Vafeiadis, "Dynamic Partial Order
 * Reductions for Spinloops", FMCAD 2021).
 *
 * "In the same state" is taken literally: the thread's stack, from the
 * function that loops up to its beginning, has the same bytes, which are kept
 * and compared. For that the program is compiled without optimisation, which
 * keeps all its variables there, and with frame pointers. A loop that counts
 * its turns is none of these; it ends by itself.
 */
#ifndef EXPLORE_RUN_SPIN_H
#define EXPLORE_RUN_SPIN_H

#include "explore/run/scheduler.h"

/* Is the thread in such a loop, with nothing changed yet? */
bool spin_waits(const struct thread *thread);

/* All that makes it wait so, or will: 0, or a number. */
uint64_t spin_state(const struct thread *thread);

/* Is it, whatever was changed since? How many steps has a turn? */
bool spin_turns(const struct thread *thread);
unsigned spin_turn_length(const struct thread *thread);

/* Of all in its last turn but accesses to atomics, is anything not as it was? */
bool spin_sees_no_locks(const struct thread *thread);

/* The running thread asks for a step. */
void spin_ask(const struct op *op);

/* `thread` takes the step that it asked for. */
void spin_notice(const struct thread *thread, const struct event *event);

/* The running thread reads or writes, which is no step. In a loop of nothing
 * else, the places of its accesses have to be steps: the run ends to say so. */
void spin_quiet(uintptr_t place);

/* Before runs: say which memory is theirs (world/worlds.h). */
void spin_memory(void);

#endif
