/*
 * Moments of a run that later runs may begin from, instead of from the program's
 * beginning: how the memory was then, and where each thread was to go on. The latest
 * marks belong to the run before, which the next one follows for a while.
 */
#ifndef EXPLORE_WORLD_MARKS_H
#define EXPLORE_WORLD_MARKS_H

#include <stdbool.h>

#include "explore/world/stack.h"

/* So many steps of a run cost about as much as a mark. */
unsigned marks_distance(void);

/* The search: keep the run that has come to `place` after `steps` steps. Nothing is
 * kept where that would be too much. */
void marks_add(unsigned steps, struct place_to_go place);

/* ... forget all but those of at most so many steps; how many the last of them has. 0:
 * there is none, and a run has to begin at the beginning. */
unsigned marks_forget_beyond(unsigned steps);

/* ... put the last one back; `kept` as for pages_to_run(). Where to go on. */
const struct place_to_go *marks_return(bool kept);

#endif
