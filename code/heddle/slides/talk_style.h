/*
 * A talk's own <style>: it holds on the slides of its talk, and nowhere else on
 * the page, which has rules of its own and may hold other chapters.
 */
#ifndef HEDDLE_SLIDES_TALK_STYLE_H
#define HEDDLE_SLIDES_TALK_STYLE_H

#include "heddle/base/html.h"
#include "heddle/read/markdown.h"

/* Whether the chapter's slides carry data-talk="PATH": it is a talk with a style. */
bool talk_style_is_in(const struct chapter *chapter);

/* Keep a <style> element to those slides. One whose braces do not match is left out,
 * and what it would ask the network for is named. */
void talk_style_finish(struct html_node *style, const struct chapter *chapter, struct arena *arena,
                       struct diags *diags);

#endif
