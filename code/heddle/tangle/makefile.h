/*
 * build/book.mk: what is made from what.
 *
 * Included by a Makefile, or run alone with `make -f build/book.mk`; every
 * variable it reads has a default. Names that Make cannot hold (with a line
 * end) were refused when the chapters were read.
 */
#ifndef HEDDLE_TANGLE_MAKEFILE_H
#define HEDDLE_TANGLE_MAKEFILE_H

#include "heddle/web/web.h"

/* `annotated` is the folder of the twins; NULL: build/annotated. */
void makefile_write(const struct web *web, const char *annotated, struct buf *out);

#endif
