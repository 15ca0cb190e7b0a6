/*
 * HackMD's Markdown where pandoc's differs: https://hackmd.io/features. Only
 * talks (read/hackmd_talk.h) are read so. This is the half before pandoc;
 * hackmd_html.h is what is done to the HTML.
 *
 * What a page cannot show (a video, a diagram) becomes a link or stays text,
 * with a warning at its line.
 */
#ifndef HEDDLE_SLIDES_HACKMD_MARKDOWN_H
#define HEDDLE_SLIDES_HACKMD_MARKDOWN_H

#include "heddle/slides/outline.h"

/* What <!-- .slide: name="value" --> comments say on a slide, as attributes of
 * its div: classes and data-; a style is added to `style`. So is what .element says
 * before there is any element. */
void hackmd_add_slide_attributes(const struct chapter *chapter, const struct slide *slide,
                                 struct buf *out, struct buf *style, struct diags *diags);

/* A line outside of code, as pandoc reads it: sizes of images, {%youtube ID%},
 * [TOC]. */
void hackmd_add_line(const struct chapter *chapter, struct span line, struct buf *out,
                     struct diags *diags);

/* Report a listing that HackMD would draw: mermaid, flow ... */
void hackmd_check_listing(const struct chapter *chapter, const struct block *block,
                          struct diags *diags);

#endif
