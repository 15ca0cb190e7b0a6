/*
 * Marp's directives and images (https://marpit.marp.app) in the HTML of a talk.
 *
 * Classes, colours and backgrounds of slides are the deck's; a comment that says
 * nothing to Marp is a note to the speaker; the words in an image's description
 * are its size, or make it the slide's background. What is left out is named.
 */
#ifndef HEDDLE_SLIDES_MARP_HTML_H
#define HEDDLE_SLIDES_MARP_HTML_H

#include "heddle/base/html.h"
#include "heddle/read/markdown.h"

/* For chapters that are Marp's (chapter->talk.marp); in Slidev's, comments alone. */
void marp_finish(struct html_node *root, const struct chapter *chapter, struct arena *arena,
                 struct diags *diags);

#endif
