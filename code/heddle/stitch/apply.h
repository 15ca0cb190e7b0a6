/*
 * A proven stitch becomes files.
 */
#ifndef HEDDLE_STITCH_APPLY_H
#define HEDDLE_STITCH_APPLY_H

#include <stdio.h>

#include "heddle/stitch/stitch.h"

/* Each changed block as a diff on `out`, with its place and that of the edit. */
void apply_show(const struct stitch *stitch, FILE *out);

/* Write the chapters, all or none. Refused, unless `force`: blocks with lines that
 * git does not have yet, for they could not be had back. Of a chapter that git
 * does not keep, the old text is kept beside it, NAME.md~. False after reporting. */
bool apply_chapters(const struct stitch *stitch, bool force, FILE *out, struct diags *diags);

/* Write the files that were edited as the new chapters give them, where a blank, a
 * last line end or another copy of a block makes a difference. One that somebody
 * has edited again in the meantime is left alone. `web` is of the new chapters. */
bool apply_code(const struct stitch_edit *edits, size_t count, const struct web *web,
                struct diags *diags);

#endif
