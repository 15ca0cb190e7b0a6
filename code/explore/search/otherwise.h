/*
 * Runs once more, in a world that differs in what C promises nobody: what memory holds
 * before it is written, where things lie, what time it is, how the process is numbered.
 * An outcome that is another there depends on what no schedule tells.
 *
 * This looks at one run of each outcome, so it finds what a run prints because of such
 * things, and not what it might.
 */
#ifndef EXPLORE_SEARCH_OTHERWISE_H
#define EXPLORE_SEARCH_OTHERWISE_H

#include "explore/search/explorer.h"
#include "explore/search/slot.h"

/* Doubts the list where it has to. True in a process that is to go on as the program. */
bool otherwise_try(struct exploration *all, struct slot *slot);

#endif
