/*
 * What a command makes of a text, remembered until one of them changes.
 */
#ifndef HEDDLE_FILTER_H
#define HEDDLE_FILTER_H

#include "file.h"

struct filter {
    const char *const *argv;    /* reads the text on stdin, writes on stdout */
    const char *keep;           /* the file that remembers; its folder is made */
};

/*
 * The command's output for `input`, in the arena. What it says on stderr is
 * reported as warnings about `source` (may be NULL); a command that cannot be
 * run or fails is a system diagnostic. Several threads may run filters with
 * different `keep` files, each with an arena and diags of its own.
 *
 * The memory knows the command by its words: after installing another version
 * of it, remove the folder of `keep`.
 */
bool filter_run(const struct filter *filter, struct span input, const struct source *source,
                struct arena *arena, struct span *output, struct diags *diags);

#endif
