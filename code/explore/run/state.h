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

/* Write down the state before the next step, and the watched variables. True when
 * states are merged, and this one is known. */
bool state_is_known(thread_set enabled);

/*
 * Where states are merged, each thread's last step, and its plain accesses since
 * then, belong to its state. For then every data race is found, though clocks do
 * not: of two accesses that race, some schedule has the one's thread step right
 * before the other's, up to both accesses; from the state in between, the second
 * comes in every run that goes on from there, whatever led to it; and the first
 * thread has done the same, and nothing behind it that the second could know of.
 */
void state_step(struct thread *thread, const struct event *event);
void state_access(uintptr_t at, size_t size, int access);

/* So much was printed. Behind what is in no state (files, pipes, signals) no state is
 * known any more. */
void state_printed(int fd, size_t size);

/* The name of a watched variable; NULL: there are no more. */
const char *state_watched(unsigned n);

/* Is an access of so many bytes one to a part of it? Then it is no number but an array. */
bool state_watches_more(unsigned n, uintptr_t at, size_t size);

#endif
