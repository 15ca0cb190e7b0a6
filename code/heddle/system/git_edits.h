/*
 * Which lines of a file git does not have yet.
 */
#ifndef HEDDLE_EDITS_H
#define HEDDLE_EDITS_H

#include "heddle/base/arena.h"
#include "heddle/base/text.h"

enum edits_state { EDITS_KNOWN, EDITS_UNTRACKED, EDITS_NO_GIT };

/* Lines that were changed or added; `count` 0: lines were deleted between
 * `first` and `first` + 1. */
struct edit {
    unsigned long first, count;
};

struct edits {
    enum edits_state state;
    struct edit *list;          /* in the arena */
    size_t count;
};

/* Ask git for what is in the file and not in HEAD. */
struct edits edits_read(struct arena *arena, const char *path);

/* Do edits touch lines first to last? None are touched when last < first. */
bool edits_touch(const struct edits *edits, unsigned first, unsigned last);

#endif
