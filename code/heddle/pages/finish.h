/*
 * What pandoc made of a chapter, finished for the page: a piece a slide.
 */
#ifndef HEDDLE_PAGES_FINISH_H
#define HEDDLE_PAGES_FINISH_H

#include "heddle/pages/listing.h"
#include "heddle/slides/outline.h"

/* A slide as its <section>, and the text of its heading as HTML; empty when it
 * has none. */
struct finished {
    struct buf title;
    struct piece html;
};

/* Make the chapter's slides, as many as its outline has: listings become
 * figures, comments go, headings are followed by a link to their line. `coloured`
 * has by block the code as it is shown; NULL: as it stands in the slide. */
struct finished *finish_chapter(const struct listings *listings, const struct outline *outline,
                                const struct html_node *root,
                                const struct html_node *const *coloured, struct arena *arena);
void finish_free(struct finished *slides, size_t count);

/* The nested list of the book's slides, [chapter][slide]; `columns_only` leaves
 * out what is below a column's first, and lists what stands apart beside the
 * column before it. */
void finish_contents(const struct outline *outlines, struct finished *const *slides, size_t count,
                     bool columns_only, struct piece *out);

/* Whether a chapter has a page of its own, where its Markdown can be read: its
 * path must be one that leads to a file below the pages' folder. */
bool finish_has_source(const char *path);

#endif
