/*
 * What becomes of each line of a file when an edit is put into it.
 *
 * The edit was made to `base` and gave `theirs`; meanwhile `base` may have
 * become `ours`. Where both changed the same lines, and not in the same way,
 * there is a conflict. A line that holds only blanks is like an empty one.
 */
#ifndef HEDDLE_STITCH_MERGE_H
#define HEDDLE_STITCH_MERGE_H

#include "heddle/base/arena.h"
#include "heddle/base/text.h"

/* A text's lines, without their ends. */
struct lines {
    struct span *list;
    size_t count;
    bool unfinished; /* the last one has no end */
};

/* In the arena. Where every line ends in CR LF, that is its end. */
struct lines lines_read(struct arena *arena, struct span text);

bool line_is_blank(struct span line);
bool line_same(struct span a, struct span b); /* equal, or both blank */

#define LINE_KEPT SIZE_MAX
#define LINE_GONE (SIZE_MAX - 1)

struct line_run {
    size_t first, count;
};

struct merge {
    size_t *fate;         /* of each line of ours: KEPT, GONE, or the line of theirs in its place */
    struct line_run *gap; /* before each line of ours, and at the end: lines of theirs */
    bool conflict;
    struct line_run our_part, their_part; /* the first that disagree */
};

/* In the arena. */
void merge_make(struct merge *merge, struct arena *arena, const struct lines *base,
                const struct lines *ours, const struct lines *theirs);

#endif
