/*
 * The outcomes of a program on a page: one is open, the others a click away,
 * each with a picture of a run that ends so, as far as Make left a record.
 */
#ifndef HEDDLE_PAGES_OUTCOME_FIGURE_H
#define HEDDLE_PAGES_OUTCOME_FIGURE_H

#include "heddle/web/web.h"

/* What an ```outcomes block becomes, below its caption; records are in `folder`. */
void outcome_figure_add(const struct web *web, const char *folder, const struct block *block,
                        struct buf *out);

/* "2, in 4 schedules": for the caption. */
void outcome_figure_add_count(const struct web *web, const char *folder, const struct block *block,
                              struct buf *out);

#endif
