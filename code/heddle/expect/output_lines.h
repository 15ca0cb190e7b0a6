/*
 * A program's output as lines, and which promised lines they are: what
 * comparing (expect.c) and explaining (explain.c) share.
 */
#ifndef HEDDLE_PRINTED_H
#define HEDDLE_PRINTED_H

#include "heddle/expect/expect.h"

struct printed {
    struct span *lines;         /* without their newlines; from malloc */
    size_t count;
    bool unfinished;            /* the last line has no newline */
    bool cut;                   /* there are more lines than were asked for */
};

/* The first `most` lines; the caller gives them back with printed_free(). */
struct printed printed_split(struct span output, size_t most);
void printed_free(struct printed *printed);

/* Is output line `at` the promised `line`? `...` is no line, and no promised
 * line lacks its newline. */
bool printed_is(const struct printed *printed, size_t at, const struct expect_line *line);

/* The first word of a line; its end when it holds nothing but blanks. */
struct span printed_first_word(struct span line);

/*
 * Pair lines whose order is free: found[i] is set when promised line i has an
 * output line of its own, taken[j] when output line j is one of these. As many
 * as possible are found (a maximum bipartite matching). Both arrays come
 * cleared.
 */
void printed_pair(const struct printed *printed, const struct expect *expect, bool *found,
                  bool *taken);

/* Some lines of a promise, in order, and the output that shall be these. */
struct strand {
    struct span thread;
    const struct expect_line **lines;
    size_t count;
    struct printed printed;
};

/* One strand a thread of the promise or of the output, in order of appearance,
 * the promise's first. */
struct strands {
    struct strand *list;
    size_t count;
    size_t promised;                    /* how many of them the promise has */
    const struct expect_line **lines;   /* what the strands point into */
    struct span *printed_lines;
};

struct strands strands_split(const struct expect *expect, const struct printed *printed);
void strands_free(struct strands *strands);

/* `...` takes what the lines around it leave. */
bool strand_matches(const struct strand *strand);

#endif
