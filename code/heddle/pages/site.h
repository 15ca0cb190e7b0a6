/*
 * What pandoc made of the chapters, put together: the files of volume.h from
 * the page's template, and a page for each file of code/ and each chapter.
 */
#ifndef HEDDLE_PAGES_SITE_H
#define HEDDLE_PAGES_SITE_H

#include "heddle/pages/template.h"
#include "heddle/slides/outline.h"

struct site {
    const struct web *web;
    const struct outline *outlines; /* by chapter */
    const struct span *html;        /* likewise, as pandoc wrote it */
    const struct table *reserved;   /* ids that the template has */
    const char *title, *subtitle;
    struct span language; /* of the whole: "en" */
    bool has_front;       /* begin with a title and an outline */
    const char *out_dir;
    bool book_apart; /* slides in index.html, all of it in book.html */
};

/* Nothing is written when there is an error. */
void site_write(const struct site *pages, const struct template *page);

#endif
