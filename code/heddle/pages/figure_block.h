/*
 * A figure of figures/ on a page: its picture, and below it what ran, when and
 * where.
 */
#ifndef HEDDLE_PAGES_FIGURE_BLOCK_H
#define HEDDLE_PAGES_FIGURE_BLOCK_H

#include "heddle/pages/listing.h"
#include "heddle/slides/outline.h"

/* What a ```figure block becomes, for the book and, `slide_width` units wide, for a
 * slide; 0: it stands on none. Data that are not of the program as it is are drawn,
 * and said to be old. */
void figure_block_add(const struct listings *listings, const struct chapter *chapter,
                      const struct block *block, unsigned slide_width, struct piece *out);

/* How high each figure of a chapter is, by block, for who sets slides; NULL when it
 * has none. What is wrong with their attributes is reported. */
const struct figure_heights *figure_block_heights(const struct web *web,
                                                  const struct chapter *chapter,
                                                  struct arena *arena, struct diags *diags);

#endif
