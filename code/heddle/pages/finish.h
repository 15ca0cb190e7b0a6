/*
 * What pandoc made of a chapter, finished for the page.
 */
#ifndef HEDDLE_PAGES_FINISH_H
#define HEDDLE_PAGES_FINISH_H

#include "heddle/pages/listing.h"
#include "heddle/slides/outline.h"

/* Append the chapter's slides: listings become figures, comments go. */
void finish_chapter(const struct listings *figures, const struct chapter *chapter, struct span html,
                    struct buf *out);

/* The nested list of the book's slides, from the finished slides of all
 * outlines; `columns_only` leaves out what is below a column's first, and lists
 * what stands apart beside the column before it. */
void finish_contents(const struct outline *outlines, size_t count, struct span slides,
                     bool columns_only, struct buf *out);

/* Whether a chapter has a page of its own, where its Markdown can be read: its
 * path must be one that leads to a file below the pages' folder. */
bool finish_has_source(const char *path);

/* Append the finished slides, each heading followed by a link to its line. */
void finish_add_sources(const struct outline *outline, struct span html, struct buf *out);

#endif
