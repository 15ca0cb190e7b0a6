/*
 * The files of code/ and the chapters as pages: line by line, with a way back
 * to the paragraph that each comes from, or to the slide that it became.
 */
#ifndef HEDDLE_PAGES_CODE_PAGES_H
#define HEDDLE_PAGES_CODE_PAGES_H

#include "heddle/pages/html_file.h"
#include "heddle/pages/template.h"
#include "heddle/pages/woven.h"
#include "heddle/web/web.h"

/* Write code/PATH.html below `out` for every target, and PATH.html for every
 * chapter that finish_has_source. What fails is reported. */
void code_pages_write(const struct web *web, const struct outline *outlines,
                      const struct html_files *files, const struct template *template,
                      struct woven *out);

#endif
