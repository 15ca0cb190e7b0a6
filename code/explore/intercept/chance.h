/*
 * Files whose contents are different every time.
 */
#ifndef EXPLORE_INTERCEPT_CHANCE_H
#define EXPLORE_INTERCEPT_CHANCE_H

#include <stdint.h>

/* Refuses the run when this is one that the program opens. */
void chance_check(const char *path, uintptr_t place);

#endif
