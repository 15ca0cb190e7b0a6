/*
 * The pages put together: the files of html_file.h from the page's template, and
 * a page for each file of code/ and each chapter.
 */
#ifndef HEDDLE_PAGES_SITE_H
#define HEDDLE_PAGES_SITE_H

#include "heddle/pages/finish.h"
#include "heddle/pages/template.h"
#include "heddle/pages/woven.h"

struct site {
    const struct web *web;
    const struct outline *outlines; /* by chapter */
    struct finished *const *slides; /* [chapter][slide] */
    const struct table *reserved;   /* ids that the template has */
    const char *title, *subtitle;
    struct span language;   /* of the whole: "en" */
    bool has_front;         /* begin with a title and an outline */
    bool is_loose;          /* slides may be too full */
    bool has_slides;        /* there is a deck, not only a book */
    struct span look;       /* the deck's colours, by reveal.js's name; or empty */
    struct span transition; /* likewise: "fade" */
    bool has_play;          /* see play.h */
    struct woven *out;
    bool book_apart; /* slides in index.html, all of it in book.html */
};

/* Nothing is written when there is an error. */
void site_write(const struct site *site, const struct template *template);

#endif
