/*
 * The files of code/ as pages: line by line, with a way back to the paragraph
 * that each comes from.
 */
#ifndef HEDDLE_SOURCES_H
#define HEDDLE_SOURCES_H

#include "chunk.h"
#include "page.h"

/* Write OUT_DIR/code/PATH.html for every target. What fails is reported. */
void sources_write(const struct web *web, const struct page *page, const char *out_dir);

#endif
