/*
 * Listings: code with its name, its place in code/, its numbers and the links
 * to where it goes on and where it is used; and what programs print.
 */
#ifndef HEDDLE_PAGES_LISTING_H
#define HEDDLE_PAGES_LISTING_H

#include "heddle/pages/piece.h"
#include "heddle/web/web.h"

/*
 * Where a part's lines went. A part that is used once shows the numbers that
 * its lines have in code/, for that is the file which a reader opens next to
 * the book; used twice, it has no such numbers and shows 1, 2, 3.
 */
struct spot {
    const struct target *target; /* the first file that it is in; NULL: none */
    unsigned line;               /* its first line there */
    bool repeated;
    unsigned *numbers; /* by line of the block; 0 for a use, which has none */
};

struct listings {
    const struct web *web;
    const char *explored; /* folder of what exploring recorded, see launch.h */
    bool places;          /* listings say where in a chapter they stand: data-at */
    struct arena arena;
    struct spot **spots; /* [chapter][block] */
};

void listings_open(struct listings *listings, const struct web *web, const char *explored);

/* One listing: `code` holds what pandoc made of the block's lines. Any number of
 * threads may add listings, each to a piece of its own. */
void listing_add(const struct listings *listings, const struct chapter *chapter,
                 const struct block *block, const struct html_node *code, struct piece *out);

/* Within a tag: data-at="chapters/50-queue.md:88", when places are wanted. */
void listing_add_at(const struct listings *listings, const struct chapter *chapter, unsigned line,
                    struct buf *out);

void listings_close(struct listings *listings);

#endif
