/*
 * Replaying: one schedule in this very process, for eyes and debuggers.
 */
#ifndef EXPLORE_REPLAY_H
#define EXPLORE_REPLAY_H

#include <stdbool.h>

#include "explore/search/options.h"

/* Prepare this process for it; false when that is no schedule. */
bool replay_begin(const struct options *options);

/* The run is over. Unless the program simply ended, say how, on stderr; and
 * stop in the debugger, where the threads can be looked at. */
void replay_ended(void);

#endif
