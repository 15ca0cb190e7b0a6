#include "heddle/stitch/merge.h"

#include <stdlib.h>
#include <string.h>

#include "heddle/base/array.h"
#include "heddle/expect/diff.h"

enum {
    GAP_COST = 50, /* of a line that is put in or left out, in hundredths */
    MOST_CELLS = 1 << 20
};

bool line_is_blank(struct span line)
{
    while (line.len > 0 && strchr(" \t\r\f\v", line.ptr[0]) != NULL && line.ptr[0] != '\0')
        line = span_skip(line, 1);
    return line.len == 0;
}

bool line_same(struct span a, struct span b)
{
    return span_equal(a, b) || (line_is_blank(a) && line_is_blank(b));
}

struct lines lines_read(struct arena *arena, struct span text)
{
    struct lines lines = {.unfinished = text.len > 0 && text.ptr[text.len - 1] != '\n'};
    struct span line;
    size_t returns = 0, cap = 0;

    while (span_line(&text, &line)) {
        *ARRAY_PUSH_IN(arena, lines.list, lines.count, cap) = line;
        returns += span_ends(line, "\r");
    }
    for (size_t i = 0; returns == lines.count && i < lines.count; i++)
        lines.list[i].len--;
    return lines;
}

/* Pairing ------------------------------------------------------------------- */

/* How much of two lines is the same at their ends, in hundredths. */
static unsigned similarity(struct span a, struct span b)
{
    size_t front = 0, back = 0, less, more;

    a = span_trim(a);
    b = span_trim(b);
    less = a.len < b.len ? a.len : b.len;
    more = a.len > b.len ? a.len : b.len;
    if (more == 0)
        return 100;
    while (front < less && a.ptr[front] == b.ptr[front])
        front++;
    while (back < less - front && a.ptr[a.len - 1 - back] == b.ptr[b.len - 1 - back])
        back++;
    return (unsigned)((front + back) * 100 / more);
}

/* Lines of ours, and what of theirs took their place. */
struct region {
    struct line_run ours, theirs;
};

struct pairing {
    struct merge *merge;
    const struct lines *ours, *theirs;
};

static void insert_before(struct merge *merge, size_t line, size_t theirs)
{
    struct line_run *gap = &merge->gap[line];

    if (gap->count == 0 || theirs < gap->first)
        gap->first = theirs;
    gap->count++;
}

/* costs[i][j]: the least of pairing i lines of ours with j of theirs. */
static unsigned *measure(const struct pairing *pairing, const struct region *region)
{
    size_t rows = region->ours.count + 1, columns = region->theirs.count + 1;
    unsigned *costs = mem_alloc(rows * columns * sizeof *costs);

    for (size_t i = 0; i < rows; i++)
        for (size_t j = 0; j < columns; j++) {
            unsigned *cost = &costs[i * columns + j], other;

            *cost = (unsigned)(i + j) * GAP_COST;
            if (i == 0 || j == 0)
                continue;
            *cost = cost[-(ptrdiff_t)columns - 1] + 100 -
                    similarity(pairing->ours->list[region->ours.first + i - 1],
                               pairing->theirs->list[region->theirs.first + j - 1]);
            other = cost[-(ptrdiff_t)columns] + GAP_COST;
            *cost = other < *cost ? other : *cost;
            other = cost[-1] + GAP_COST;
            *cost = other < *cost ? other : *cost;
        }
    return costs;
}

/* Back from the end; of equal ways the one that leaves out before it puts in, so
 * that new lines stand behind those whose place they take. */
static void pair_by_cost(struct pairing *pairing, const struct region *region)
{
    size_t i = region->ours.count, j = region->theirs.count, columns = j + 1;
    unsigned *costs = measure(pairing, region);

    while (i > 0 || j > 0) {
        const unsigned *cost = &costs[i * columns + j];
        size_t ours = region->ours.first + i, theirs = region->theirs.first + j;

        if (i > 0 && j > 0 &&
            *cost ==
                cost[-(ptrdiff_t)columns - 1] + 100 -
                    similarity(pairing->ours->list[ours - 1], pairing->theirs->list[theirs - 1])) {
            pairing->merge->fate[ours - 1] = theirs - 1;
            i--;
            j--;
        } else if (j > 0 && *cost == cost[-1] + GAP_COST) {
            insert_before(pairing->merge, ours, theirs - 1);
            j--;
        } else {
            pairing->merge->fate[ours - 1] = LINE_GONE;
            i--;
        }
    }
    free(costs);
}

/* Too many to compare each with each: one by one, the rest behind them. */
static void pair_in_order(struct pairing *pairing, const struct region *region)
{
    size_t end = region->ours.first + region->ours.count;

    for (size_t i = 0; i < region->ours.count; i++)
        pairing->merge->fate[region->ours.first + i] =
            i < region->theirs.count ? region->theirs.first + i : LINE_GONE;
    for (size_t j = region->ours.count; j < region->theirs.count; j++)
        insert_before(pairing->merge, end, region->theirs.first + j);
}

static void pair(struct pairing *pairing, const struct region *region)
{
    if ((region->ours.count + 1) * (region->theirs.count + 1) <= MOST_CELLS)
        pair_by_cost(pairing, region);
    else
        pair_in_order(pairing, region);
}

/* Three ways ---------------------------------------------------------------- */

struct two_texts {
    const struct lines *old, *new;
};

static bool same(const void *context, size_t a, size_t b)
{
    const struct two_texts *texts = context;

    return line_same(texts->old->list[a], texts->new->list[b]);
}

static struct diff compare(const struct lines *old, const struct lines *new)
{
    const struct two_texts texts = {old, new};
    struct diff diff;

    diff_compute(&diff, old->count, new->count, same, &texts);
    return diff;
}

static bool run_same(const struct lines *a, struct line_run in_a, const struct lines *b,
                     struct line_run in_b)
{
    if (in_a.count != in_b.count)
        return false;
    for (size_t i = 0; i < in_a.count; i++)
        if (!line_same(a->list[in_a.first + i], b->list[in_b.first + i]))
            return false;
    return true;
}

/* Three texts between two lines that all have. */
struct stretch {
    struct line_run base, ours, theirs;
};

static void settle(struct pairing *pairing, const struct lines *base, const struct stretch *stretch)
{
    struct merge *merge = pairing->merge;
    const struct region region = {stretch->ours, stretch->theirs};

    if (run_same(base, stretch->base, pairing->theirs, stretch->theirs) ||
        run_same(pairing->ours, stretch->ours, pairing->theirs, stretch->theirs))
        return; /* nothing was edited here, or the chapter has it already */
    if (run_same(base, stretch->base, pairing->ours, stretch->ours)) {
        pair(pairing, &region);
    } else if (!merge->conflict) {
        merge->conflict = true;
        merge->our_part = stretch->ours;
        merge->their_part = stretch->theirs;
    }
}

/* Up to the next line that is kept on the new side; the old one it goes with is
 * found by counting, since the n-th kept of one is the n-th of the other. */
static size_t skip_new(const bool *kept, size_t count, size_t from)
{
    while (from < count && !kept[from])
        from++;
    return from;
}

void merge_make(struct merge *merge, struct arena *arena, const struct lines *base,
                const struct lines *ours, const struct lines *theirs)
{
    struct pairing pairing = {merge, ours, theirs};
    struct diff to_ours = compare(base, ours), to_theirs = compare(base, theirs);
    struct stretch stretch = {0};
    size_t o = 0, t = 0; /* behind the last line kept on either side */

    *merge = (struct merge){.fate = arena_array(arena, ours->count, sizeof *merge->fate),
                            .gap = arena_array(arena, ours->count + 1, sizeof *merge->gap)};
    for (size_t i = 0; i < ours->count; i++)
        merge->fate[i] = LINE_KEPT;
    for (size_t b = 0; b <= base->count; b++) {
        bool in_ours = b == base->count || to_ours.old_kept[b];
        bool in_theirs = b == base->count || to_theirs.old_kept[b];
        size_t next_o = in_ours ? skip_new(to_ours.new_kept, ours->count, o) : o;
        size_t next_t = in_theirs ? skip_new(to_theirs.new_kept, theirs->count, t) : t;

        if (in_ours && in_theirs) {
            stretch.base.count = b - stretch.base.first;
            stretch.ours.count = next_o - stretch.ours.first;
            stretch.theirs.count = next_t - stretch.theirs.first;
            settle(&pairing, base, &stretch);
            stretch = (struct stretch){{b + 1, 0}, {next_o + 1, 0}, {next_t + 1, 0}};
        }
        o = in_ours ? next_o + 1 : o;
        t = in_theirs ? next_t + 1 : t;
    }
    diff_free(&to_ours);
    diff_free(&to_theirs);
}
