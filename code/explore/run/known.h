/*
 * States that were passed before, as numbers (state.h). The search adds them, and a
 * run that comes to one of them need not go on.
 */
#ifndef EXPLORE_RUN_KNOWN_H
#define EXPLORE_RUN_KNOWN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

void known_add(uint64_t state);
bool known_has(uint64_t state);
size_t known_count(void);

/* Nothing is known any more. */
void known_forget(void);

#endif
