/*
 * Texts that are not saved, and the scratch copy of the book that they are tried in.
 *
 * The copy has the book's paths: its chapters are copies, with the drafts in
 * their place; all else that the book holds is linked to; and build/ is its own,
 * begun with what the book had built. So heddle and Make do there what they would do
 * if the drafts were saved, and nothing of the book changes.
 *
 * The caller sees to it that one thread at a time uses a struct.
 */
#ifndef HEDDLE_SERVE_DRAFTS_H
#define HEDDLE_SERVE_DRAFTS_H

#include "heddle/report/diag.h"

struct draft {
    struct buf path, text;
};

struct drafts {
    struct draft *list;
    size_t count, cap;
};

/* Is it a file of Markdown among these, or in one of these folders (none:
 * chapters/)? What is no plain path below the book is not. */
bool drafts_is_chapter(const char *const *chapters, size_t count, struct span path);

/* False when that is its text already. */
bool drafts_put(struct drafts *drafts, struct span path, struct span text);

/* Bring the copy up to date with the disk and the drafts. */
bool drafts_write(const struct drafts *drafts, const char *scratch, const char *const *chapters,
                  size_t count, struct diags *diags);

void drafts_close(struct drafts *drafts); /* empty again */

#endif
