/*
 * A chapter's slides as the Markdown that pandoc is given.
 */
#ifndef HEDDLE_SLIDES_REWRITE_H
#define HEDDLE_SLIDES_REWRITE_H

#include "heddle/slides/outline.h"

/*
 * A div goes around each column and slide, an <aside> around notes, and each
 * listing is left with no attributes but its language and the id "listing-N",
 * N being its index among the chapter's blocks: listing.h makes the rest. So
 * this text changes only with its own chapter. What a talk says and no page can
 * show is a warning.
 */
void rewrite_chapter(const struct outline *outline, struct buf *out, struct diags *diags);

#endif
