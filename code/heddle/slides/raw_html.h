/*
 * What a chapter says in HTML, or in a table of pandoc's, and no page of ours shows.
 *
 * An element that no browser knows (a type in angle brackets, mostly), one that a
 * script would draw, what other files hold, and what comes from the network. Each kind
 * is named at its first place. What packs images and films into the page is
 * pages/links.h.
 */
#ifndef HEDDLE_SLIDES_RAW_HTML_H
#define HEDDLE_SLIDES_RAW_HTML_H

#include "heddle/read/markdown.h"

void raw_html_check(const struct chapter *chapter, struct diags *diags);

#endif
