/*
 * The index at the end of the book: chunks, files, and what C defines.
 */
#ifndef HEDDLE_PAGES_INDEX_H
#define HEDDLE_PAGES_INDEX_H

#include "heddle/pages/ids.h"

/* Append the lists; of listings only those whose id is in `ids`. */
void index_write(const struct web *web, const struct table *ids, struct piece *out);

#endif
