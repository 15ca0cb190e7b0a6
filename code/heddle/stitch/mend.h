/*
 * A chapter with new code in some of its blocks.
 */
#ifndef HEDDLE_STITCH_MEND_H
#define HEDDLE_STITCH_MEND_H

#include "heddle/stitch/fold.h"

/*
 * The chapter's text, with `blocks[i]` in its i-th block where that is not NULL.
 * Marks of lists and quotes, indentation and line ends are put back as the block
 * has them; a fence that one of the lines would close is made longer.
 *
 * `as_text`: new lines that name chunks get a backslash, too, so that tangling
 * gives them back as they are.
 */
void mend_chapter(const struct chapter *chapter, const struct folded *const *blocks, bool as_text,
                  struct buf *out);

#endif
