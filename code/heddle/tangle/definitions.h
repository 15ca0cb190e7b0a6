/*
 * What the C of a book defines, and where: for its index, and for editors' tags.
 *
 * Read from the tangled files by how they are laid out, as a reader finds it: a
 * definition begins in the first column, and the brace of a function's body stands
 * there too.
 */
#ifndef HEDDLE_TANGLE_DEFINITIONS_H
#define HEDDLE_TANGLE_DEFINITIONS_H

#include "heddle/web/web.h"

struct definition {
    struct span name; /* in the arena */
    bool is_type;     /* else a function */
    const struct part *part;
    unsigned line; /* of the part's chapter */
};

struct definitions {
    struct definition *list; /* from malloc: the caller frees it */
    size_t count, cap;
};

/* Append those of one file, in its order. */
void definitions_find(const struct target *target, struct arena *arena,
                      struct definitions *definitions);

#endif
