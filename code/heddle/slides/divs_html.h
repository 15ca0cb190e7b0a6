/*
 * What divs become on a page, wherever they stand: notes are the speaker's, and a
 * spoiler folds.
 */
#ifndef HEDDLE_SLIDES_DIVS_HTML_H
#define HEDDLE_SLIDES_DIVS_HTML_H

#include "heddle/base/html.h"

/* An <aside class="notes"> goes around each outermost div of that class; the div
 * stays, with its language, for the speaker's window copies what is inside the
 * aside. A div of class "spoiler" becomes <details>, its title the summary. What is
 * to come step by step, in the words of pandoc, Quarto and Slidev, becomes
 * fragments. */
void divs_finish(struct html_node *root, struct arena *arena);

#endif
