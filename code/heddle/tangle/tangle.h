/*
 * From chunks to files: clean for people, annotated for compilers.
 *
 * The annotated twin of a C file carries #line, and each chunk line stands at
 * its column in the chapter, so that a compiler's caret points there. Twins of
 * other files are plain copies. A web that web_build() refused must not be
 * tangled. These functions only read the web: threads may share it.
 *
 * The room tangle: the web becomes files, and a line of code finds its chapter.
 */
#ifndef HEDDLE_TANGLE_TANGLE_H
#define HEDDLE_TANGLE_TANGLE_H

#include "heddle/web/web.h"

/* Where one line of a clean file comes from. */
struct origin {
    const struct part *part;
    unsigned line; /* in the chapter; a banner's lines are from the fence above the part */
};

/* The file's text, appended to `out`. */
void tangle_clean(const struct target *target, struct buf *out);
void tangle_annotated(const struct target *target, struct buf *out);

/* One entry a line of the clean file; an array that the caller frees. */
struct origin *tangle_origins(const struct target *target, size_t *line_count);

/* One part alone with all it refers to, with #line: what a fragment compiles as. */
void tangle_part(const struct part *part, struct buf *out);

#endif
