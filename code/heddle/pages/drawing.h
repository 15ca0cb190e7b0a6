/*
 * What graphviz and mermaid make of a block of theirs: a picture in its place.
 *
 * `dot` draws ```graphviz, and Chromium draws ```mermaid where npm's mermaid stands
 * beside the pages' other parts. Where there is no such tool, the block is named
 * and shown as it is written. A block with {...} is the author's code, and stays.
 * So it is with <div class="mermaid"> in raw HTML.
 */
#ifndef HEDDLE_PAGES_DRAWING_H
#define HEDDLE_PAGES_DRAWING_H

#include "heddle/pages/weave.h"

/* Pictures by block, as HTML in the arena; NULL when nothing is drawn. Drawings are
 * kept in the options' cache. */
const struct span *drawing_make(const struct chapter *chapter, const struct weave_options *options,
                                struct arena *arena, struct diags *diags);

/* The same by block of raw HTML; one that is not drawn is code there, as written. */
const struct span *drawing_make_html(const struct chapter *chapter,
                                     const struct weave_options *options, struct arena *arena,
                                     struct diags *diags);

#endif
