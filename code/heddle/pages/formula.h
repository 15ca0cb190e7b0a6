/*
 * Formulas that pandoc refused are asked for again, in other words
 * (slides/tex_formula.h).
 */
#ifndef HEDDLE_PAGES_FORMULA_H
#define HEDDLE_PAGES_FORMULA_H

#include "heddle/pages/pandoc.h"

/* Those that it knows then are drawn in their places; others stay as they are. */
void formulas_mend(struct html_node *root, const struct pandoc *pandoc, struct arena *arena,
                   struct diags *diags);

#endif
