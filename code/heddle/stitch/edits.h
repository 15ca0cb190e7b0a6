/*
 * Which files of code/ were edited since heddle wrote them.
 */
#ifndef HEDDLE_STITCH_EDITS_H
#define HEDDLE_STITCH_EDITS_H

#include "heddle/stitch/fold.h"

struct edits {
    struct stitch_edit *list; /* with all texts in the arena */
    size_t count, cap;
};

/*
 * Find them below `folder`: those of `paths`, or all for none. What heddle wrote is
 * what the chapters say, or, where they have changed since, what the build or git keeps. False
 * after reporting what is no edit of a text: a file that is gone, has another mode
 * or kind, was not written by heddle, or whose earlier text is nowhere.
 */
bool edits_find(struct edits *edits, struct arena *arena, const struct web *web, const char *folder,
                const char *const *paths, size_t count, struct diags *diags);

#endif
