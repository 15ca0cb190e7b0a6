/*
 * What a careful book does not have.
 */
#ifndef HEDDLE_WEB_CHECK_H
#define HEDDLE_WEB_CHECK_H

#include "heddle/web/web.h"

/* Report what no chapter of a careful book holds: C that nothing compiles,
 * output that nothing prints, programs whose output nothing shows. Of the blocks of
 * a chapter not before there are more than the baseline has (baseline.h; may be
 * empty). What there is now is added to `now`, as a baseline. False when a chapter has more than it had. */
bool web_check(const struct web *web, struct span baseline, struct buf *now, struct diags *diags);

/* Warn of what a test run passes over: outputs that are of no program, and
 * programs whose output nothing shows; once for each kind, at the first. */
void web_warn_untested(const struct web *web, struct diags *diags);

/* The code blocks of a book, by what becomes of them. */
struct census {
    size_t tangled; /* parts of chunks */
    size_t tested;  /* outputs, outcomes, fragments and what must not compile */
    size_t shown;   /* nothing is made of them */
    size_t unread;  /* see read/unread.h */
    struct place first_unread;
};

struct census web_count(const struct web *web);

/* "12 blocks tangled, 5 tested, 3 shown only, 2 not read: first at a.md:40" */
void census_print(const struct census *census, struct buf *out);

#endif
