/*
 * A program may have a malloc() of its own. Then the C library has memory of the program
 * between two runs, which nobody puts back; so that is refused.
 */
#ifndef EXPLORE_INTERCEPT_ALLOCATE_H
#define EXPLORE_INTERCEPT_ALLOCATE_H

/* The name of a function of the heap that the program has itself; NULL: there is none. */
const char *allocate_replaced(void);

#endif
