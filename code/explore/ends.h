/*
 * How a run notices that the program ends.
 */
#ifndef EXPLORE_ENDS_H
#define EXPLORE_ENDS_H

/* Before the program begins, so that its own handlers come first. */
void ends_begin(void);

#endif
