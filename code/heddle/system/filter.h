/*
 * What a command makes of a text, kept until one of them changes.
 */
#ifndef HEDDLE_SYSTEM_FILTER_H
#define HEDDLE_SYSTEM_FILTER_H

#include "heddle/disk/cache.h"

struct filter {
    const char *const *argv; /* reads the text on stdin, writes on stdout */
    const char *folder;      /* where outputs are kept, see cache.h; NULL: nowhere */
};

/*
 * The command's output for `input`, in the arena. What it says on stderr is
 * reported as warnings about `source` (may be NULL), each time anew; a command
 * that cannot be run or fails is a system diagnostic. Several threads may run
 * filters, each with an arena and diags of its own.
 *
 * An output is kept for the same words, the same input and the same program,
 * known by its file: a newly installed one starts afresh. Where there is no
 * such program, what an earlier one made does.
 */
bool filter_run(const struct filter *filter, struct span input, const struct source *source,
                struct arena *arena, struct span *output, struct diags *diags);

/* Append what tells one installed program from another, for who keeps what it made;
 * nothing when there is no such program. */
void filter_identify(const char *name, struct buf *identity);

/* Whether there is such a program: a path, or a name that PATH knows. */
bool filter_has(const char *name);

#endif
