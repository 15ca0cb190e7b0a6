/*
 * Which chapter line a line of code comes from, and where a chapter's line
 * went. Works from the chapters alone: no file of code/ is read.
 */
#ifndef HEDDLE_TANGLE_LOCATE_H
#define HEDDLE_TANGLE_LOCATE_H

#include "heddle/web/web.h"

struct location {
    struct span path; /* of a chapter, or of a file below code/ */
    unsigned line;
    const struct chunk *chunk; /* NULL: none */
};

enum locate_result { LOCATE_FOUND, LOCATE_NO_FILE, LOCATE_NO_LINE };

/* The chapter line of line `line` of a tangled file. With LOCATE_NO_LINE,
 * found->line is the file's number of lines. */
enum locate_result locate_in_chapter(const struct web *web, struct span path, unsigned line,
                                     struct location *found);

/* Every place in code that a chapter's line went to; an array that the caller
 * frees. LOCATE_NO_LINE: it is tangled nowhere. */
enum locate_result locate_in_code(const struct web *web, struct span path, unsigned line,
                                  struct location **found, size_t *count);

/*
 * What is explored is compiled from the plain twins (outputs.h), whose lines do
 * not move when prose does; so what it found speaks of those.
 */

/* The text with "PLAIN/FILE:LINE" as the chapter's line, and PLAIN/FILE alone as the
 * chapter, wherever they stand. */
void locate_rewrite(const struct web *web, const char *plain, struct span text, struct buf *out);

/* Each line of each C file: "PLAIN/FILE LINE CHAPTER LINE". */
void locate_table(const struct web *web, const char *plain, struct buf *out);

#endif
