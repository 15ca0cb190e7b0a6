/*
 * A part of a chunk that repeats an earlier one word for word: mostly a block
 * that was copied, and whose name was to be another.
 */
#ifndef HEDDLE_WEB_COPIES_H
#define HEDDLE_WEB_COPIES_H

#include "heddle/web/web.h"

void copies_warn(const struct web *web, struct diags *diags);

#endif
