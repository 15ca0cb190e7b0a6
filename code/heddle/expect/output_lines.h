/*
 * A program's output as lines, and which promised lines they are: what
 * comparing (expect.c) and explaining (explain.c) share.
 */
#ifndef HEDDLE_EXPECT_OUTPUT_LINES_H
#define HEDDLE_EXPECT_OUTPUT_LINES_H

#include "heddle/expect/promise.h"

struct output_lines {
    struct span *lines; /* without their newlines; from malloc */
    size_t count;
    bool unfinished; /* the last line has no newline */
    bool cut;        /* there are more lines than were asked for */
};

/* The first `most` lines; the caller gives them back with output_lines_free(). */
struct output_lines output_lines_split(struct span output, size_t most);
void output_lines_free(struct output_lines *printed);

/* Is output line `at` the promised `line`? `...` is no line, and no promised
 * line lacks its newline. */
bool output_lines_is(const struct output_lines *printed, size_t at, const struct expect_line *line);

/* The first word of a line; its end when it holds nothing but blanks. */
struct span output_lines_first_word(struct span line);

/*
 * Pair lines whose order is free: found[i] is set when promised line i has an
 * output line of its own, taken[j] when output line j is one of these. As many
 * as possible are found (a maximum bipartite matching). Both arrays come
 * cleared.
 */
void output_lines_pair(const struct output_lines *printed, const struct expect *expect, bool *found,
                       bool *taken);

#endif
