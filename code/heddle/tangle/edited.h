/*
 * A file that was edited by hand: which lines of the chapters were meant.
 */
#ifndef HEDDLE_TANGLE_EDITED_H
#define HEDDLE_TANGLE_EDITED_H

#include "heddle/web/web.h"

/* Name the chapter's lines that differ in the file `path`, of which the chapters
 * give `text`: a note for each of the first few places. */
void edited_explain(const struct target *target, struct span text, const char *path,
                    struct diags *diags);

#endif
