/*
 * What a book holds, for people and for programs: its files, programs, chunks
 * and doc tests, each with the place that defines it.
 */
#ifndef HEDDLE_LISTING_H
#define HEDDLE_LISTING_H

#include "heddle/web/web.h"

void listing_print(const struct web *web, struct buf *out);
void listing_print_json(const struct web *web, struct buf *out);

#endif
