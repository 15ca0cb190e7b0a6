/*
 * The outcomes of a program on a page: one is open, the others a click away,
 * each with a picture of a run that ends so, as far as Make left a record.
 */
#ifndef HEDDLE_PAGES_OUTCOME_FIGURE_H
#define HEDDLE_PAGES_OUTCOME_FIGURE_H

#include "heddle/pages/piece.h"
#include "heddle/web/web.h"

/* What is behind the summary of one that is closed begins so, and ends with its
 * </details>: site.c packs it. */
#define OUTCOME_FIGURE_CLOSED "<div class=\"run closed\""

/* What an ```outcomes block becomes, below its caption; records are in `folder`. */
void outcome_figure_add(const struct web *web, const char *folder, const struct block *block,
                        struct buf *out);

/* The name of its graph, where that is not its program's (play.h): of lists side by
 * side, that of the one with store buffers. Empty otherwise. */
void outcome_figure_add_name(const struct web *web, const struct block *block, struct buf *out);

/* For the caption: "2, in 4 runs", and what was assumed, as the explorer says it,
 * with a link to #what-is-assumed if the book has that. */
void outcome_figure_add_terms(const struct web *web, const char *folder, const struct block *block,
                              struct piece *out);

#endif
