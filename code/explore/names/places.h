/*
 * Where in the source a step was asked for, as addr2line(1) knows it. What it
 * does not know is the function and the offset.
 */
#ifndef EXPLORE_NAMES_PLACES_H
#define EXPLORE_NAMES_PLACES_H

#include <stddef.h>
#include <stdint.h>

#include "explore/model/record.h"

struct place_text {
    uintptr_t place;
    char *file; /* below the working directory: relative; "" unknown */
    unsigned line;
    char *source; /* that line, without white space at its ends; "" */
};

/* Look them all up at once: one call of addr2line is as dear as a hundred.
 *
 * Where the environment's EXPLORE_LINES names a file, its lines "FILE LINE OTHER
 * LINE" say what the first is called instead. */
void places_find(const uintptr_t *places, size_t count);

/* One of them; never NULL. */
const struct place_text *place_text(uintptr_t place);

/* "chapters/50-queue.md:88", or "count+0x12": in a memory that the next call
 * but three uses again. */
const char *place_name(uintptr_t place);

/* Of the calls that lead to a place, the one by which it has left its own file for
 * another one, and a place inside of what was called; NULL: none. The outermost call
 * began the thread. */
const struct call *place_call_out(const struct calls *calls, uintptr_t place, uintptr_t *inside);

#endif
