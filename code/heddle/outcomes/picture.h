/*
 * A run of a program as a picture: one lane a thread, time goes down, a row a
 * step. A lane is thick where its thread runs, thin where it could, dashed
 * where it waits; an arrow leads from the thread that ended a wait.
 *
 * The SVG has no colour but currentColor, a width in em of the text around it,
 * and its steps as words for those who do not see it. The same trace makes the
 * same bytes.
 */
#ifndef HEDDLE_OUTCOMES_PICTURE_H
#define HEDDLE_OUTCOMES_PICTURE_H

#include "heddle/base/arena.h"
#include "heddle/base/text.h"

enum { PICTURE_MOST_ROWS = 48 }; /* what comes behind is counted only */

/*
 * Draw a trace (heddle explore --trace). `alone`: a file of its own, which
 * follows the reader's choice of light or dark; otherwise an element of a page.
 * False, with nothing added, when it is no trace.
 */
bool picture_draw(struct span trace, bool alone, struct buf *out);

#endif
