/*
 * What is folded is what was edited: the new chapters are read and tangled.
 */
#ifndef HEDDLE_STITCH_PROOF_H
#define HEDDLE_STITCH_PROOF_H

#include "heddle/stitch/stitch.h"

/*
 * Do these texts, in place of the chapters', make a book whose files are the
 * edited ones, and all others as they were? Lines that differ may only be those
 * of other copies of an edited block, which are named in notes.
 */
bool proof_tangles(const struct stitch *stitch, const struct span *texts, struct diags *diags);

/* Do they make a book at all? */
bool proof_loads(const struct stitch *stitch, const struct span *texts, struct diags *diags);

#endif
