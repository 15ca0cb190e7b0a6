/*
 * Edits of tangled files become edits of the chapters that hold their lines.
 *
 * All or none: where one line cannot be folded, nothing is. What is folded is
 * proven: the new chapters are tangled, and must give what was edited.
 */
#ifndef HEDDLE_STITCH_STITCH_H
#define HEDDLE_STITCH_STITCH_H

#include "heddle/stitch/fold.h"

/* A block with other code than before. */
struct stitch_block {
    const struct chapter *chapter;
    const struct block *block;
    const struct folded *folded;
    const struct fold *from; /* the file whose edit it is */
};

struct stitch {
    struct arena arena; /* of all that is below */
    const struct web *web;
    struct fold *folds;
    size_t fold_count;
    const struct folded ***folded; /* [chapter][block]: its new code, or NULL */
    struct stitch_block *blocks;   /* the same as a list */
    size_t block_count, block_cap;
    struct span *chapters; /* their new texts; those that stay have no ptr */
};

/* Fold the edits into new texts of the web's chapters. `as_text`: a new line
 * <<name>> stands for itself. What cannot be folded is an error at its line of
 * code; what is decided without being asked is a note. The web, the edits and
 * their texts must outlive the result; its arena is the caller's. */
bool stitch_fold(struct stitch *stitch, const struct web *web, const struct stitch_edit *edits,
                 size_t count, bool as_text, struct diags *diags);

#endif
