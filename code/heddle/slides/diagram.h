/*
 * A diagram in raw HTML: <div class="mermaid"> or <pre class="mermaid">, which a
 * script in the author's page would draw.
 */
#ifndef HEDDLE_SLIDES_DIAGRAM_H
#define HEDDLE_SLIDES_DIAGRAM_H

#include "heddle/read/markdown.h"

/* Whether a block of HTML is one such element and nothing else; then `inner` is
 * what stands in it. `word` is the first such class in the block, or empty. */
bool diagram_in_html(const struct chapter *chapter, const struct line_range *html,
                     struct span *word, struct span *inner);

/* What a browser would hand to that script: &gt; is >. */
void diagram_add_source(struct span inner, struct buf *out);

#endif
