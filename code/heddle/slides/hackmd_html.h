/*
 * What HackMD's Markdown says and pandoc's does not, in the HTML of a talk;
 * hackmd_markdown.h is the half before pandoc. In other chapters ==, ++ and [x]
 * are text.
 */
#ifndef HEDDLE_SLIDES_HACKMD_HTML_H
#define HEDDLE_SLIDES_HACKMD_HTML_H

#include "heddle/read/markdown.h"
#include "heddle/base/html.h"

/* Make elements of ==marks==, ++insertions++, ^super^ and ~sub~scripts, [ ] tasks,
 * [name=] in quotes and rubies, and give what stands before a comment
 * <!-- .element: class="fragment" --> its attributes. Styles are kept within the
 * chapter (talk_style.h). */
void hackmd_finish(struct html_node *root, const struct chapter *chapter, struct arena *arena,
                   struct diags *diags);

#endif
