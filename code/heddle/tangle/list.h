/*
 * What a book holds, for people and for programs: its files, programs, chunks
 * and doc tests, each with the place that defines it.
 */
#ifndef HEDDLE_TANGLE_LIST_H
#define HEDDLE_TANGLE_LIST_H

#include "heddle/web/web.h"

void list_print(const struct web *web, struct buf *out);
void list_print_json(const struct web *web, struct buf *out);

#endif
