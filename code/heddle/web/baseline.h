/*
 * How many blocks of each chapter are known to be looked at by nobody: an author
 * begins with as many as there are, and from then on there may only be fewer.
 *
 * The file BASELINE_FILE beside the chapters holds a line "COUNT PATH" for each
 * chapter that has some. `heddle check --baseline` writes it; it is committed.
 */
#ifndef HEDDLE_WEB_BASELINE_H
#define HEDDLE_WEB_BASELINE_H

#include "heddle/base/text.h"

#define BASELINE_FILE ".heddle-baseline"

/* What a chapter may have; 0 where no line speaks of it. */
unsigned long baseline_allows(struct span baseline, const char *path);

void baseline_add(struct buf *out, const char *path, size_t count);

#endif
