/*
 * What a chapter's HTML points to: slides by number, as HackMD and reveal.js
 * count them, and images.
 */
#ifndef HEDDLE_PAGES_LINKS_H
#define HEDDLE_PAGES_LINKS_H

#include "heddle/base/html.h"
#include "heddle/slides/outline.h"

/*
 * Finish the links and images in what pandoc made of a chapter, whose origins
 * then say where the chapter has them. href="#/2/1" becomes the id of the slide:
 * column 2, slide 1 in it, both from 0 and counted in this chapter; beyond the
 * last it is the last, as in reveal.js, with a warning. "#/name" is "#name". An
 * image beside the chapter becomes part of the page; one that is not there, or
 * comes from the network, is a warning.
 */
void links_finish(const struct outline *outline, struct html_node *root, struct arena *arena,
                  struct diags *diags);

#endif
