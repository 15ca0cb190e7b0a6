/*
 * A moment that later runs may begin from (world/marks.h): what the record says by
 * then goes with it, and where the streams are.
 */
#ifndef EXPLORE_RUN_MARK_H
#define EXPLORE_RUN_MARK_H

#include <stdbool.h>

/* In a run, where all threads stand at their gates: mark it, if it is time. True in
 * a run that begins here. */
bool mark_here(void);

#endif
