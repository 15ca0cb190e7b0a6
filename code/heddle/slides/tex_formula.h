/*
 * A formula that pandoc does not know, said in TeX that it knows: colours become marks
 * that are found again in what it draws, and what only sets sizes or asks for packages
 * is left out.
 */
#ifndef HEDDLE_SLIDES_TEX_FORMULA_H
#define HEDDLE_SLIDES_TEX_FORMULA_H

#include "heddle/base/html.h"

/* What \definecolor says, in the order of a chapter's formulas. */
struct tex_colour {
    struct span name, value;
    const struct tex_colour *before;
};

/* Whether an element is such a formula, which pandoc shows as it is written. */
bool tex_is_refused(const struct html_node *node);

/* Its TeX, without the dollars around it. */
struct span tex_refused_text(const struct html_node *node, struct arena *arena);

/* Append the formula in other words. Where \\{ stands in it or four backslashes do, each
 * pair is one: reveal.js reads Markdown before TeX. `colours` grows. False: nothing in
 * it could be said otherwise. */
bool tex_formula_mend(struct span formula, const struct tex_colour **colours, struct arena *arena,
                      struct buf *out);

/* The marks in a <math> become colours of what stands between them; its annotation is the
 * formula, as it stands in HTML. */
void tex_formula_colour(struct html_node *math, struct span formula, struct arena *arena);

#endif
