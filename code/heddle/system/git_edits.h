/*
 * Which lines of a file git does not have yet.
 */
#ifndef HEDDLE_SYSTEM_GIT_EDITS_H
#define HEDDLE_SYSTEM_GIT_EDITS_H

#include "heddle/base/arena.h"
#include "heddle/base/text.h"

enum git_edits_state { GIT_EDITS_KNOWN, GIT_EDITS_UNTRACKED, GIT_EDITS_NO_GIT };

/* Lines that were changed or added; `count` 0: lines were deleted between
 * `first` and `first` + 1. */
struct edit {
    unsigned long first, count;
};

struct git_edits {
    enum git_edits_state state;
    struct edit *list; /* in the arena */
    size_t count;
};

/* Ask git for what is in the file and not in HEAD. */
struct git_edits git_edits_read(struct arena *arena, const char *path);

/* Do edits touch lines first to last? None are touched when last < first. */
bool git_edits_touch(const struct git_edits *edits, unsigned first, unsigned last);

#endif
