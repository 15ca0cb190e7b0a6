/*
 * What stands before the lines of each block of an edited file.
 *
 * Mostly what its references say. Where a formatter moved all lines of a block,
 * and the block around it as well, the reference is moved and not the block.
 */
#ifndef HEDDLE_STITCH_INDENT_H
#define HEDDLE_STITCH_INDENT_H

#include "heddle/stitch/fold.h"

bool indent_fits(struct span line, struct span indent);

/* For each instance, in the arena. A line that does not fit then is an error of
 * the one who edited. */
struct span *indent_find(const struct fold *fold, struct arena *arena);

#endif
