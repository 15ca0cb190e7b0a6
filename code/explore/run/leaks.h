/*
 * Memory that is lost: blocks of the heap that were not freed, and that nothing
 * points to any more, not even to their inside.
 */
#ifndef EXPLORE_RUN_LEAKS_H
#define EXPLORE_RUN_LEAKS_H

/* Before the first run. */
void leaks_begin(void);

/* The process ends. Ends the run with a name where a block is lost. Looked at are the
 * variables of the program and its libraries, the stacks and thread-local variables of
 * all threads that are there still, and what is on its way in pipes: any word that could
 * be a pointer is one. So a block is missed now and then, and none is named wrongly but
 * where the program hides its pointers. */
void leaks_look(void);

#endif
