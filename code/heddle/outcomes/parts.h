/*
 * Files with parts of a program's exploration (code/explore/search/kept.h), which
 * `heddle explore --keep` has written: whose they are.
 */
#ifndef HEDDLE_OUTCOMES_PARTS_H
#define HEDDLE_OUTCOMES_PARTS_H

#include "heddle/report/diag.h"

struct parts {
    const char *words;      /* how it was explored: for EXPLORE */
    const char **arguments; /* the program, a name of the book's or a path, and its own */
    size_t count;
};

/* What the head of such a file says; in the arena. False, and reported, if it is none. */
bool parts_read(struct parts *parts, struct arena *arena, const char *path, struct diags *diags);

#endif
