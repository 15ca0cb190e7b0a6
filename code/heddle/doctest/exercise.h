/*
 * A reader's answer to an exercise (web/answer.h), judged by the doc tests of
 * the exercise: what its blocks show must be what the answer prints, or can do.
 *
 * The reader's file is the whole program. All but the lines in the hole must
 * be the exercise's own, so that nobody proves another program right by
 * mistake. What is built for it stands below build/try/.
 */
#ifndef HEDDLE_DOCTEST_EXERCISE_H
#define HEDDLE_DOCTEST_EXERCISE_H

#include "heddle/web/web.h"

/* Every exercise of the book, a line each: its name and the place of it. */
void exercise_list(const struct web *web, struct buf *out);

/* The program with this name, if it has a hole. Otherwise NULL, and what is
 * wrong with the name is reported. */
const struct target *exercise_find(const struct web *web, struct span name, struct diags *diags);

/* The exercise's file with a comment in its hole, appended to `out`. Returns
 * the number of the comment's line, from 1. */
unsigned exercise_scaffold(struct web *web, const struct target *exercise, struct buf *out);

struct exercise_options {
    const char *explorer; /* the explorer's sources; NULL: book.mk knows */
    const char *heddle;   /* this program, for make */
    bool colour;
};

/*
 * Build the exercise with the answer that stands in the file, run and explore
 * it, and print what is still wrong, or that it is right. The web holds the
 * answer afterwards. Returns 0 when it is right, 1 when it is not; what is
 * wrong with the file itself, or with building it, is reported.
 */
int exercise_try(struct web *web, const struct target *exercise, const char *path,
                 const struct exercise_options *options, struct diags *diags);

#endif
