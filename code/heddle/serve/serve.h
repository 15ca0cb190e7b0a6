/*
 * heddle serve: the book in a browser, as its chapters change, and true.
 *
 * Threads: one answers all pages (http.h), one hears of changes (watch.h), one does
 * what a change asks for (desk.h), and the first waits for the end. What they share
 * is the desk, under its lock. A process of its own sees to it that nothing is left
 * running (system/keeper.h).
 *
 * What is trusted: the chapters, for what is in them is run with the rights of who
 * serves them, as heddle test does; and whoever has the address with its key. Nothing
 * else is: no other host, user, page or program without it (guard.h). What the
 * server writes stays below build/ of the book, but for chapters that a page saves
 * or blesses.
 *
 * The room serve: a book in a browser, and what is true of it.
 */
#ifndef HEDDLE_SERVE_SERVE_H
#define HEDDLE_SERVE_SERVE_H

#include "heddle/serve/desk.h"

struct serve_options {
    struct desk_options desk;
    unsigned port; /* 0: any */
    bool open;     /* a browser, too */
};

/* Serve the book of this folder until an interrupt ends it, saying on stdout where.
 * False when it could not begin; that is reported. */
bool serve_run(const struct serve_options *options, struct diags *diags);

#endif
