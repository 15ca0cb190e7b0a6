/*
 * What the C of a chapter is when its blocks do not say so.
 *
 * A front matter says it in a line `c:` for its chapter, or `book-c:` for the
 * whole book, with the words of a block: .fragment or .no-tangle, for a block
 * that has no name, no file and no such word of its own; std=, link= and
 * cflags= for a program that has none; std= and cflags= for what is only compiled.
 */
#ifndef HEDDLE_WEB_DEFAULTS_H
#define HEDDLE_WEB_DEFAULTS_H

#include "heddle/web/web.h"

/* Give blocks their words. Before the web is built. Words that are none of
 * these are reported at the chapter's front matter. */
void defaults_mark(struct web *web, struct diags *diags);

/* Give programs what they have not said. When all their blocks have been read. */
void defaults_complete(struct web *web);

#endif
