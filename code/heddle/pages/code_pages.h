/*
 * The files of code/ and the chapters as pages: line by line, with a way back
 * to the paragraph that each comes from, or to the slide that it became.
 */
#ifndef HEDDLE_SOURCES_H
#define HEDDLE_SOURCES_H

#include "heddle/web/web.h"
#include "heddle/pages/template.h"
#include "heddle/pages/html_file.h"

/* Write OUT_DIR/code/PATH.html for every target, and OUT_DIR/PATH.html for every
 * chapter that fragment_has_source. What fails is reported. */
void sources_write(const struct web *web, const struct volumes *volumes, const struct page *page,
                   const char *out_dir);

#endif
