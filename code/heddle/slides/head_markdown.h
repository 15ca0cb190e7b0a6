/*
 * What a slide's head says (read/slide_head.h), remark's and Slidev's, and what Slidev
 * has on its slides beside: slots and components (https://sli.dev/builtin). This is
 * the half before pandoc; hackmd_markdown.h calls it.
 */
#ifndef HEDDLE_SLIDES_HEAD_MARKDOWN_H
#define HEDDLE_SLIDES_HEAD_MARKDOWN_H

#include "heddle/slides/outline.h"

/* A line of the head, as attributes of the slide's div. */
void head_add_attribute(const struct chapter *chapter, const struct slide *slide, struct span line,
                        struct buf *out, struct diags *diags);

/* What a layout shows beside the slide's text: the image of `image-left` and
 * `image-right`, the address of `iframe`. */
void head_add_shown(const struct chapter *chapter, const struct slide *slide, struct buf *out);

/* Whether its layout has two columns: two-cols, two-cols-header. */
bool head_has_columns(const struct chapter *chapter, const struct slide *slide);

/* A line `::right::` begins the second column; other slots are left to their place.
 * False: it is no such line. */
bool head_add_slot(struct span line, struct buf *out);

/* A tag of Slidev's that a page cannot show, at the start of the text: a film becomes a
 * link. Returns how much of the text it was; 0: none. */
size_t head_add_component(const struct chapter *chapter, struct span text, struct buf *out,
                          struct diags *diags);

/* An icon <carbon:arrow-up/>, which is an address to Markdown: it is named, and left out.
 * With a blank in it, it is an element (raw_html.h). Returns its length; 0: there is none. */
size_t head_pass_icon(const struct chapter *chapter, struct span text, struct diags *diags);

#endif
