/*
 * An edit of one tangled file, cut into what it makes of each block.
 */
#ifndef HEDDLE_STITCH_FOLD_H
#define HEDDLE_STITCH_FOLD_H

#include "heddle/report/diag.h"
#include "heddle/stitch/layout.h"
#include "heddle/stitch/merge.h"

/* A file that was edited: `text` is what stands there, `base` what heddle wrote. */
struct stitch_edit {
    const struct target *target;
    const char *path; /* of the file, for messages */
    struct span text, base;
};

#define NO_LINE SIZE_MAX

/* A line of a block's new code: one that it had (`old`), or a new one. */
struct folded_line {
    unsigned old;
    bool is_new;
    bool names_chunk; /* a new one is <<name>>, and means it */
    bool is_text;     /* ... and does not: it gets a backslash */
    struct span text; /* of a new one, without the indentation around its block */
};

/* What one instance of a block became. */
struct folded {
    struct folded_line *list;
    size_t count, cap;
    bool changed;
    size_t code_line; /* the first line of the file that says so, from 0; NO_LINE: none does */
};

struct fold {
    const struct stitch_edit *edit;
    struct source source; /* the edited file's, for messages */
    struct layout layout;
    struct lines ours, theirs;
    struct merge merge;
    struct folded *blocks; /* of each instance */
    struct span *indents;  /* what stands before its lines now */
    struct span *expected; /* the lines of the file when all is folded ... */
    size_t *owners;        /* ... and the instance of each; NO_LINE: none */
    size_t expected_count, expected_cap, owners_cap;
};

/* Everything lies in the arena. `as_text`: a new line <<name>> stands for
 * itself. False after reporting what cannot be folded, at its line of code. */
bool fold_make(struct fold *fold, struct arena *arena, const struct web *web,
               const struct stitch_edit *edit, bool as_text, struct diags *diags);

/* <<name>> as a chapter says it when it is text: with a backslash. */
void folded_escape(struct buf *out, struct span text);

/* The lines that a block's instance has now, each with a newline, as its chapter
 * says them. Instances that agree have the same text. */
void folded_text(const struct folded *folded, const struct block *block, struct buf *out);

#endif
