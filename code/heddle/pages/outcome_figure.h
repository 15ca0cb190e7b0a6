/*
 * The outcomes of a program on a page: one is open, the others a click away,
 * each with a picture of a run that ends so, as far as Make left a record.
 */
#ifndef HEDDLE_GALLERY_H
#define HEDDLE_GALLERY_H

#include "heddle/web/web.h"

/* What an ```outcomes block becomes, below its caption. */
void gallery_add(const struct web *web, const struct block *block, struct buf *out);

/* "2, in 4 schedules": for the caption. */
void gallery_add_count(const struct web *web, const struct block *block, struct buf *out);

#endif
