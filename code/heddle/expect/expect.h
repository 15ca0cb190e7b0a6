/*
 * What a chapter promises about an output, and whether an output keeps it.
 *
 * A promise is a list of lines. A line `...` stands for any lines, or none;
 * the other lines are patterns (see pattern.h). Every line that a program
 * prints must end in a newline: only `...` takes one that does not.
 *
 * Spans are compared where they are; a promise keeps pointers into the chapter
 * and into the arena it was read with. Once read it is read-only, and any
 * number of threads may compare with it.
 *
 * The room expect: what a chapter promises of an output, and whether one keeps it.
 */
#ifndef HEDDLE_EXPECT_EXPECT_H
#define HEDDLE_EXPECT_EXPECT_H

#include "heddle/expect/promise.h"

/*
 * Read what lines `first_line` and following of a chapter promise. Reports
 * malformed patterns and, for EXPECT_THREADS, a first word that is a pattern;
 * then the answer is false and the promise must not be used.
 */
bool expect_read(struct expect *expect, struct arena *arena, const struct source *source,
                 const struct expect_source lines[], size_t count, unsigned first_line,
                 enum expect_order order, struct diags *diags);

bool expect_has_patterns(const struct expect *expect);

/* Does the output keep the promise? Never exponential: a promise of n lines
 * and an output of m take n times m comparisons at worst, and n times that
 * for EXPECT_ANY_ORDER with patterns. */
bool expect_matches(const struct expect *expect, struct span output);

/*
 * Why it does not, for people to read, in whole lines: a unified diff, the
 * promise as - and the output as +; by thread when threads are compared; which
 * lines are missing and which are too many when their order is free. Long
 * outputs are cut, and say so. Nothing when it does match.
 */
void expect_explain(const struct expect *expect, struct span output, struct buf *message);

/* A line of output as a diff shows it: tabs, control characters and bytes that
 * are no UTF-8 as \t, \r and \xff; a backslash is doubled where it could be
 * read as one of these. Cut after some hundred bytes, with a word. */
void expect_show_line(struct span line, struct buf *buf);

#endif
