/*
 * What a chapter's HTML points to: slides by number, as HackMD and reveal.js
 * count them, and images.
 */
#ifndef HEDDLE_PAGES_LINKS_H
#define HEDDLE_PAGES_LINKS_H

#include "heddle/slides/outline.h"

/*
 * Append the HTML that pandoc made of a chapter. href="#/2/1" becomes the id of
 * the slide: column 2, slide 1 in it, both from 0 and counted in this chapter;
 * beyond the last it is the last, as in reveal.js, with a warning. "#/name" is
 * "#name". An image beside the chapter becomes part of the page; one that is
 * not there, or comes from the network, is a warning.
 */
void links_finish(const struct outline *outline, struct span html, struct arena *arena,
                  struct buf *out, struct diags *diags);

#endif
