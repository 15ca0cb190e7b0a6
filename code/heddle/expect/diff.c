#include "heddle/expect/diff.h"

#include <stdlib.h>
#include <string.h>

/* A path through the edit graph has consumed x elements of the old sequence
 * and y of the new one; its diagonal is x - y. */
struct search {
    struct diff *diff;
    diff_same *same;
    const void *context;
    size_t old_at, new_at;     /* where this piece begins */
    size_t old_left, new_left; /* how far it may go */
    /* reach[d][k + d]: the largest x of a path with d edits that ends on
     * diagonal k; NOWHERE when the diagonal leaves the graph. */
    long *reach[DIFF_MOST_EDITS + 1];
};

enum { NOWHERE = -1 };

static bool same_at(const struct search *search, long x, long y)
{
    return search->same(search->context, search->old_at + (size_t)x, search->new_at + (size_t)y);
}

static long reach_of(const struct search *search, int d, int k)
{
    return d < 0 || k < -d || k > d ? NOWHERE : search->reach[d][k + d];
}

/* The x where a path with d edits arrives on diagonal k, before it runs along
 * equal elements: one deletion from k - 1 or one insertion from k + 1. */
static long arrive(const struct search *search, int d, int k)
{
    long by_deletion = reach_of(search, d - 1, k - 1);
    long by_insertion = reach_of(search, d - 1, k + 1);

    if (d == 0)
        return 0;
    if (by_deletion != NOWHERE)
        by_deletion = by_deletion < (long)search->old_left ? by_deletion + 1 : NOWHERE;
    if (by_insertion != NOWHERE && by_insertion - k > (long)search->new_left)
        by_insertion = NOWHERE;
    return by_deletion > by_insertion ? by_deletion : by_insertion;
}

static long run_along(const struct search *search, long x, int k)
{
    if (x == NOWHERE)
        return x;
    while (x < (long)search->old_left && x - k < (long)search->new_left &&
           same_at(search, x, x - k))
        x++;
    return x;
}

/* One more edit on every path; true when one of them has come to the end. */
static bool extend(struct search *search, int d, int *end)
{
    search->reach[d] = mem_alloc(((size_t)d * 2 + 1) * sizeof(long));
    for (int k = -d; k <= d; k++)
        search->reach[d][k + d] = NOWHERE;
    for (int k = -d; k <= d; k += 2) {
        long x = run_along(search, arrive(search, d, k), k);

        search->reach[d][k + d] = x;
        if (x == (long)search->old_left && x - k == (long)search->new_left) {
            *end = k;
            return true;
        }
    }
    return false;
}

/* No path has come to the end: the diagonal of the one that got farthest.
 * Among equals it is one that went along the longer side, for there is more
 * to skip. */
static int farthest(const struct search *search, int d)
{
    bool old_is_longer = search->old_left > search->new_left;
    long best = NOWHERE;
    int diagonal = 0;

    for (int k = -d; k <= d; k += 2) {
        long x = search->reach[d][k + d], sum = x + x - k;

        if (x != NOWHERE && (sum > best || (sum == best && old_is_longer))) {
            best = sum;
            diagonal = k;
        }
    }
    return diagonal;
}

/* Walk the path back and mark what it kept. */
static void mark_kept(const struct search *search, int d, int k)
{
    while (d >= 0) {
        long from = arrive(search, d, k);

        for (long x = search->reach[d][k + d]; x > from; x--) {
            search->diff->old_kept[search->old_at + (size_t)(x - 1)] = true;
            search->diff->new_kept[search->new_at + (size_t)(x - 1 - k)] = true;
        }
        if (from == reach_of(search, d - 1, k + 1))
            k++;
        else
            k--;
        d--;
    }
}

/* Take the search from where it stands to the end, or as far as
 * DIFF_MOST_EDITS edits bring it. */
static void search_piece(struct search *search)
{
    int d = 0, end = 0;

    while (!extend(search, d, &end) && d < DIFF_MOST_EDITS)
        d++;
    if (d == DIFF_MOST_EDITS)
        end = farthest(search, d);
    mark_kept(search, d, end);
    search->old_at += (size_t)search->reach[d][end + d];
    search->new_at += (size_t)(search->reach[d][end + d] - end);
    search->old_left -= (size_t)search->reach[d][end + d];
    search->new_left -= (size_t)(search->reach[d][end + d] - end);
    for (int i = 0; i <= d; i++)
        free(search->reach[i]);
}

void diff_compute(struct diff *diff, size_t old_count, size_t new_count, diff_same *same,
                  const void *context)
{
    struct search search = {
        .diff = diff,
        .same = same,
        .context = context,
        .old_left = old_count,
        .new_left = new_count,
    };

    *diff = (struct diff){
        .old_kept = mem_alloc(old_count * sizeof(bool)),
        .old_count = old_count,
        .new_kept = mem_alloc(new_count * sizeof(bool)),
        .new_count = new_count,
    };
    while (search.old_left > 0 && search.new_left > 0)
        search_piece(&search);
}

void diff_free(struct diff *diff)
{
    free(diff->old_kept);
    free(diff->new_kept);
    *diff = (struct diff){0};
}
