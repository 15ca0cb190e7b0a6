/*
 * What the shortcodes of reveal-hugo (read/shortcode.h) say, for pandoc: steps, a
 * slide's attributes, figures. Notes that have lines of their own were found when the
 * chapter was read. Others are named, and left out.
 */
#ifndef HEDDLE_SLIDES_HUGO_MARKDOWN_H
#define HEDDLE_SLIDES_HUGO_MARKDOWN_H

#include "heddle/read/markdown.h"

/* The shortcode that a line has at `text`. Returns how much of the line it was; 0: it
 * has none there. */
size_t hugo_add_shortcode(const struct chapter *chapter, struct span line, struct span text,
                          struct buf *out, struct diags *diags);

/* What {{< slide >}} on a line says of the slide. */
void hugo_add_attributes(const struct chapter *chapter, struct span line, struct buf *out,
                         struct diags *diags);

/* The id that it gives, or empty. */
struct span hugo_id(struct span line);

#endif
