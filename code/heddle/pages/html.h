/*
 * The few pieces of HTML that several parts of a woven page write alike.
 */
#ifndef HEDDLE_PAGES_HTML_H
#define HEDDLE_PAGES_HTML_H

#include "heddle/base/escape.h"

/* The text between tags: what a heading says, without links and emphasis.
 * Entities stay as they are. */
void html_add_text(struct buf *out, struct span html);

/* Append what is left without the elements that have this class. Their tags
 * must be closed, as pandoc's are. */
void html_add_without(struct buf *out, struct span html, const char *class);

/* As span_find, for the tag of the slide with this id. */
bool html_find_slide(struct span *html, struct span id, struct span *before);

/* The text of the heading of the slide with this id, appended; `html` moves on
 * to the slide. False when there is none. */
bool html_slide_title(struct span *html, struct span id, struct buf *title);

#endif
