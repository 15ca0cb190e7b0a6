/*
 * Waiting for a run's process, and noticing when it does not come back: when
 * the thread whose turn it is sleeps in the kernel, nobody but us could wake
 * it; and when it computes and computes without a step, nobody knows whether
 * it will end. It is told to say where it is, and ended.
 */
#ifndef EXPLORE_SEARCH_WATCH_H
#define EXPLORE_SEARCH_WATCH_H

#include "explore/search/slot.h"

/* The process's status, as of waitpid(2); the record says why it was ended.
 * False with errno when there is no such process. */
bool watch_wait(struct slot *slot, int *status);

#endif
