/*
 * The state of a run as a number: two runs with the same number before a step
 * go on alike, whatever led there.
 *
 * It is taken from all that decides what comes: the program's variables and its
 * heap, the stack of each thread as far as the program's functions reach, the
 * registers that these want back, what each thread asks for and what its steps
 * have come to in the call that it is in, every lock and condition, virtual
 * time. What was printed is not in it, and nor is what is only known of the
 * past: clocks, and the accesses that could still race.
 *
 * Like spin.c it takes a thread's state literally: so it wants code that was
 * compiled without optimisation and with frame pointers.
 */
#ifndef EXPLORE_RUN_STATE_H
#define EXPLORE_RUN_STATE_H

#include "explore/run/scheduler.h"

/* Before the first run. NULL, or why this machine cannot. */
const char *state_begin(void);

/* The running thread has asked for a step. */
void state_ask(void);

/* The running thread reads more in its step than an event's value holds. */
void state_read(const volatile void *at, size_t size);

/* stack_wipe goes as deep as a step; where the program calls us and no step
 * comes of it, we must not leave anything either. */
void state_wipe(void);

/* Write down the state before the next step, and the watched variables. */
void state_note(thread_set enabled);

/* The name of a watched variable; NULL: there are no more. */
const char *state_watched(unsigned n);

#endif
