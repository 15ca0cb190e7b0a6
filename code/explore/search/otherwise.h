/*
 * Runs once more, in two worlds that differ in what C promises nobody: what memory holds
 * before it is written, where things lie, what time it is, how the process is numbered.
 * An outcome that is another there depends on what no schedule tells.
 *
 * This looks at one run of each outcome and at some others (explorer.h), so it finds what
 * these print because of such things, and not what any might. Of programs with a few runs
 * it is all of them.
 */
#ifndef EXPLORE_SEARCH_OTHERWISE_H
#define EXPLORE_SEARCH_OTHERWISE_H

#include "explore/search/explorer.h"
#include "explore/search/slot.h"

/* Doubts the list where it has to. True in a process that is to go on as the program. */
bool otherwise_try(struct exploration *all, struct slot *slot);

/* ... for the samples alone, of a part of all runs. */
bool otherwise_try_samples(struct exploration *all, struct slot *slot);

#endif
