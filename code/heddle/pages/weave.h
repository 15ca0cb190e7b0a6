/*
 * The book as pages: some that are slides, book and sheets at once, and one for
 * each file of code/ and each chapter.
 *
 * Chapter by chapter, side by side: outline.h finds the slides, rewrite.h writes
 * Markdown, pandoc makes HTML of it, which html.h reads, hackmd_html.h, links.h,
 * finish.h and listing.h finish it. Then html_file.h deals the slides out to
 * files, and site.h writes these. What pandoc made of an unchanged chapter is kept.
 *
 * The room pages: what pandoc made of the chapters becomes pages.
 */
#ifndef HEDDLE_PAGES_WEAVE_H
#define HEDDLE_PAGES_WEAVE_H

#include "heddle/web/web.h"

enum weave_slides {
    WEAVE_STRICT,   /* slides; one that is too full for a room is an error */
    WEAVE_SLIDES,   /* slides, as full as they are */
    WEAVE_NO_SLIDES /* a book, and no deck */
};

struct weave_options {
    const char *deck_dir;         /* template.html, theme.css, source.html ... */
    const char *modules_dir;      /* node_modules: reveal.js and the fonts */
    const char *out_dir;          /* index.html and code/ go there */
    const char *cache_dir;        /* what is kept between runs, see cache.h */
    const char *explored;         /* what exploring recorded, see launch.h */
    const char *twins;            /* the code as explored programs know its lines */
    const char *title, *subtitle; /* the latter may be NULL */
    enum weave_slides slides;
    bool book_apart; /* slides in index.html, all of the text in book.html */
    bool places;     /* data-at says where in a chapter slides and listings stand */
    unsigned jobs;   /* chapters at a time; 0: as many as there are CPUs */
    bool progress;   /* say on stderr how far it is */
};

/* What a book asks for: `slides: strict`, `yes` or `no` in a front matter. Without
 * it there are slides where a chapter is a talk, or has something for slides
 * alone: ::: notes, ::: slide, or steps in code. */
enum weave_slides weave_slides_of(const struct web *web);

/* False when anything was reported as an error; then the page is not written. */
bool weave_book(const struct web *web, const struct weave_options *options, struct diags *diags);

#endif
