/*
 * A call of the program's from a function of ours that has something to put in order
 * behind it: then no exception of C++ may come out.
 */
#ifndef EXPLORE_INTERCEPT_THROWN_H
#define EXPLORE_INTERCEPT_THROWN_H

/* Ends the run where one does. */
void call_unthrown(void (*routine)(void)) __asm__("explore.call_unthrown");

#endif
