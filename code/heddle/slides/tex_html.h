/*
 * TeX that pandoc does not draw: a formula with what it does not know, and commands in
 * the text, which it shows as they are written.
 *
 * They are named with their places, which pandoc's own words have not. What HTML has is
 * drawn (\textbf), \pause is a pause, \TeX a word; what only moves text on paper (\vspace) is left out.
 */
#ifndef HEDDLE_SLIDES_TEX_HTML_H
#define HEDDLE_SLIDES_TEX_HTML_H

#include "heddle/base/html.h"
#include "heddle/read/markdown.h"

void tex_finish(struct html_node *root, const struct chapter *chapter, struct arena *arena,
                struct diags *diags);

#endif
