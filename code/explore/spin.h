/*
 * Loops that wait: a thread that looks at the same things again and again,
 * in the same state, and finds nothing changed, need not be run any further
 * until somebody changes one of them. Otherwise it could turn for ever, and
 * there would be no last schedule.
 */
#ifndef EXPLORE_SPIN_H
#define EXPLORE_SPIN_H

#include "scheduler.h"

/* Is the thread in such a loop, with nothing changed yet? */
bool spin_waits(const struct thread *thread);

/* Before the running thread asks for its next step. */
void spin_look(struct thread *thread);

/* `thread` takes a step. */
void spin_notice(struct thread *thread, const struct event *event);

#endif
