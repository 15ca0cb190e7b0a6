/*
 * The index at the end of the book: chunks, files, and what C defines.
 */
#ifndef HEDDLE_INDEX_H
#define HEDDLE_INDEX_H

#include "chunk.h"

void index_write(const struct web *web, struct buf *out);

#endif
