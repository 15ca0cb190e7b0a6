/*
 * What must be deleted and inserted to make one sequence another (Myers,
 * "An O(ND) Difference Algorithm and Its Variations", 1986).
 *
 * The result is minimal as long as it takes no more than DIFF_MOST_EDITS
 * edits; beyond, it is minimal piece by piece, so that time stays bounded by
 * the length of both sequences times that number.
 */
#ifndef HEDDLE_EXPECT_DIFF_H
#define HEDDLE_EXPECT_DIFF_H

#include "heddle/base/arena.h"
#include "heddle/base/text.h"

enum { DIFF_MOST_EDITS = 512 };

/* Is element `a` of the old sequence the same as element `b` of the new one?
 * Need not be an equivalence: a pattern may match many lines. */
typedef bool diff_same(const void *context, size_t a, size_t b);

struct diff {
    bool *old_kept, *new_kept; /* the n-th kept of one is the n-th kept of the other */
    size_t old_count, new_count;
};

/* The caller gives the result back with diff_free(). */
void diff_compute(struct diff *diff, size_t old_count, size_t new_count, diff_same *same,
                  const void *context);
void diff_free(struct diff *diff);

#endif
