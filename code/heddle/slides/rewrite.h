/*
 * A chapter's slides as the Markdown that pandoc is given.
 */
#ifndef HEDDLE_SLIDES_REWRITE_H
#define HEDDLE_SLIDES_REWRITE_H

#include "heddle/slides/outline.h"

/*
 * Pieces of it that say nothing about each other, so that a changed one leaves the
 * others as they were: each slide, or all of them together where one of them may
 * define what another refers to; then each block of code that has colours. These
 * take a quarter of a second to be thought of, and code changes less often than
 * prose: so a slide has its code without them.
 */
struct rewritten_piece {
    size_t begin, end;        /* in the text */
    const struct block *code; /* that is coloured; NULL: slides */
};

struct rewritten {
    struct buf text;
    struct rewritten_piece *pieces; /* slides in order, then code in order */
    size_t count, cap;
};

/*
 * A div goes around each slide, an <aside> around notes, and each listing is left
 * with no attributes but the id "listing-N", N being its index among the chapter's
 * blocks, from the first one of the slide on: listing.h makes the rest. So a piece
 * changes only with its own lines. What a talk says and no page can show is a
 * warning.
 */
void rewrite_chapter(const struct outline *outline, struct rewritten *out, struct diags *diags);

struct span rewritten_text(const struct rewritten *rewritten, size_t piece);
void rewritten_free(struct rewritten *rewritten);

#endif
