/*
 * One line of a promised output: text as it is, [..] for any text, and
 * {{LOW..HIGH}} for a number in that range, bounds included.
 *
 * A number is an optional sign, digits with an optional fraction, and an
 * optional exponent; a pattern always takes the longest one that stands there,
 * so {{1..5}} does not match the 1 of 12. Values compare as doubles.
 *
 * There is no escape, and hardly a need: [..] matches itself, braces without
 * ".." between them are plain text.
 *
 * Reading keeps what it needs in the arena, and spans into the chapter's text.
 * A pattern that was read is read-only: any number of threads may match it.
 */
#ifndef HEDDLE_EXPECT_PATTERN_H
#define HEDDLE_EXPECT_PATTERN_H

#include "heddle/base/arena.h"
#include "heddle/report/diag.h"

enum pattern_kind { PATTERN_TEXT, PATTERN_ANY, PATTERN_NUMBER };

struct pattern_piece {
    enum pattern_kind kind;
    struct span text; /* as written, braces and brackets included */
    double low, high; /* PATTERN_NUMBER only */
};

struct pattern {
    struct span text; /* the whole line, its pad included */
    struct pattern_piece *pieces;
    size_t count; /* 0: the line is just its text */
};

/*
 * Read the line `text` of a chapter, with `pad` spaces before it. A range that
 * is empty or that is none is reported at its place, all of a line's faults
 * together; then the answer is false.
 */
bool pattern_read(struct pattern *pattern, struct arena *arena, const struct source *source,
                  struct span text, size_t pad, struct diags *diags);

/* Does the whole line match? Takes at most the line's length times the
 * pattern's, whatever they hold. */
bool pattern_matches(const struct pattern *pattern, struct span line);

/* Does some part of the line match? None does for an empty pattern. */
bool pattern_is_within(const struct pattern *pattern, struct span line);

#endif
