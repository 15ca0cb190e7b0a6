/*
 * What pandoc made of a chapter, finished for the page.
 */
#ifndef HEDDLE_FRAGMENT_H
#define HEDDLE_FRAGMENT_H

#include "figure.h"
#include "outline.h"

/* Append the chapter's slides: listings become figures, comments go. */
void fragment_finish(const struct figures *figures, const struct chapter *chapter,
                     struct span html, struct buf *out);

/* The nested list of the book's slides, from the finished slides of all
 * outlines; `columns_only` leaves out what is below a column's first. */
void fragment_contents(const struct outline *outlines, size_t count, struct span slides,
                       bool columns_only, struct buf *out);

/* Report every link within the page (#id) that leads nowhere. `page` is the
 * finished slides and the index; `ids` gets all ids that stand in it. */
void fragment_check_links(const struct outline *outlines, size_t count, struct span page,
                          struct table *ids, struct diags *diags);

#endif
