/*
 * Quarto's notation for attributes: lines "#| key: value" at the top of a block's
 * code, behind the comment sign of whatever language it is. They are attributes,
 * and leave the code, as Entangled's hook quarto_attributes has them.
 */
#ifndef HEDDLE_READ_QUARTO_H
#define HEDDLE_READ_QUARTO_H

#include "heddle/read/markdown.h"

/* Whether a line of code has the form "#| key: value". */
bool quarto_is_attribute(struct span line);

/* Move such lines from a block's code to its attributes: `label` and `id` are its
 * name, `classes` its classes, all else are keys. What has the block's braces and
 * these lines say twice is reported. A block without braces has such lines if `bare`,
 * and one of them gives it a name or a file. */
void quarto_take(struct block *block, const struct source *source, bool bare, struct arena *arena,
                 struct diags *diags);

#endif
