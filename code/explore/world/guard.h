/*
 * What a run may call of the C library, when it is to be left and not to be
 * ended: only what changes nothing but memory. The kernel's part of a process,
 * its open files, timers and so on, is put back by nobody.
 */
#ifndef EXPLORE_WORLD_GUARD_H
#define EXPLORE_WORLD_GUARD_H

#include <stdbool.h>

/* May a program that calls that do so? */
bool guard_allows(const char *name);

/* In a run's memory: whatever the explorer calls that it must not, leaves the run
 * (WORLDS_UNFIT), and another way to have that run is needed. */
void guard_set(void);

/* The search: what a run must not call may be called again. */
void guard_lift(void);

/* Once, before. */
void guard_begin(void);

#endif
