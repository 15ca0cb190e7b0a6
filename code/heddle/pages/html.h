/*
 * The few pieces of HTML that several parts of a woven page write alike.
 */
#ifndef HEDDLE_PAGES_HTML_H
#define HEDDLE_PAGES_HTML_H

#include "heddle/web/web.h"

/* Escaped for text and for attributes in double quotes. */
void html_add(struct buf *out, struct span text);

/* The id of a chunk's listing: "chunk-NAME", and "chunk-NAME:2" for its second
 * part. Two names never share one, and links may hold it as it is. */
void html_add_chunk_id(struct buf *out, struct span name, unsigned part);

/* Which part of its chunk this is, from 1. */
unsigned html_part_number(const struct part *part);

/* The text between tags: what a heading says, without links and emphasis.
 * Entities stay as they are. */
void html_add_text(struct buf *out, struct span html);

/* The first `needle` in `text`, and what is before it; false when absent.
 * `text` is left at the needle. */
bool html_find(struct span *text, const char *needle, struct span *before);

/* Append what is left without the elements that have this class. Their tags
 * must be closed, as pandoc's are. */
void html_add_without(struct buf *out, struct span html, const char *class);

/* Move `html` behind `needle`; to its end when there is none. */
void html_skip_past(struct span *html, const char *needle);

/* As html_find, for the tag of the slide with this id. */
bool html_find_slide(struct span *html, struct span id, struct span *before);

/* The text of the heading of the slide with this id, appended; `html` moves on
 * to the slide. False when there is none. */
bool html_slide_title(struct span *html, struct span id, struct buf *title);

#endif
