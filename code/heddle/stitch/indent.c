#include "heddle/stitch/indent.h"

#include <string.h>

/* What the lines of one use of a chunk begin with, all of them. */
struct lead {
    struct span old, now;
    bool known;
    size_t lines, moved; /* that are not blank; of them, with other blanks in front */
};

struct finder {
    const struct fold *fold;
    struct arena *arena;
    struct lead *leads;   /* of the first instance of each use */
    struct span *indents; /* what is found */
};

bool indent_fits(struct span line, struct span indent)
{
    return line.len >= indent.len &&
           (indent.len == 0 || memcmp(line.ptr, indent.ptr, indent.len) == 0);
}

static struct span blanks_of(struct span line)
{
    size_t len = 0;

    while (len < line.len && is_blank(line.ptr[len]))
        len++;
    return (struct span){line.ptr, len};
}

static struct span common(struct span a, struct span b)
{
    size_t len = 0;

    while (len < a.len && len < b.len && a.ptr[len] == b.ptr[len])
        len++;
    return (struct span){a.ptr, len};
}

/* A line that was kept or replaced, as it is now; false when it is gone. */
static bool line_now(const struct fold *fold, size_t line, struct span *text)
{
    size_t fate = fold->merge.fate[line];

    if (fate == LINE_GONE)
        return false;
    *text = fate == LINE_KEPT ? fold->ours.list[line] : fold->theirs.list[fate];
    return !line_is_blank(*text) && !line_is_blank(fold->ours.list[line]);
}

static bool all_fit(const struct fold *fold)
{
    size_t line = 0;
    struct span text;

    for (size_t i = 0; i < fold->layout.step_count; i++) {
        const struct step *step = &fold->layout.steps[i];

        if (step->kind == STEP_LINE && line_now(fold, line, &text) &&
            !indent_fits(text, fold->layout.instances[step->instance].indent))
            return false;
        line += step_is_line(step);
    }
    return true;
}

/* A line counts for the use that it comes by, and for all uses around that. */
static void count_line(struct finder *finder, size_t instance, struct span old, struct span now)
{
    const struct instance *list = finder->fold->layout.instances;

    for (;; instance = list[instance].parent) {
        struct lead *lead = &finder->leads[list[instance].first];

        lead->old = lead->known ? common(lead->old, old) : old;
        lead->now = lead->known ? common(lead->now, now) : now;
        lead->known = true;
        lead->lines++;
        lead->moved += !span_equal(old, now);
        if (list[instance].use == NULL)
            return;
    }
}

static void count_lines(struct finder *finder)
{
    const struct fold *fold = finder->fold;
    size_t line = 0;
    struct span text;

    for (size_t i = 0; i < fold->layout.step_count; i++) {
        const struct step *step = &fold->layout.steps[i];

        if (step->kind == STEP_LINE && line_now(fold, line, &text))
            count_line(finder, step->instance, blanks_of(fold->ours.list[line]), blanks_of(text));
        line += step_is_line(step);
    }
}

/* One line alone may be a slip. It is none when all the lines around it moved. */
static bool was_moved(const struct finder *finder, const struct instance *instance)
{
    const struct instance *list = finder->fold->layout.instances;
    const struct lead *lead = &finder->leads[instance->first];
    const struct lead *around = &finder->leads[list[instance->parent].first];

    return lead->lines > 0 && lead->moved == lead->lines &&
           (lead->lines > 1 || around->moved > lead->moved);
}

/* The blanks of the reference itself. */
static struct span own_indent(const struct finder *finder, const struct instance *instance)
{
    const struct instance *list = finder->fold->layout.instances;
    struct span own = span_skip(instance->indent, list[instance->parent].indent.len);
    struct span around = finder->indents[instance->parent];
    const struct lead *lead = &finder->leads[instance->first];
    size_t inner = lead->old.len - instance->indent.len; /* of the block's own lines */

    if (!was_moved(finder, instance) || !indent_fits(lead->now, around) ||
        lead->now.len < around.len + inner)
        return own;
    return (struct span){lead->now.ptr + around.len, lead->now.len - around.len - inner};
}

static void find_one(struct finder *finder, size_t index)
{
    const struct instance *instance = &finder->fold->layout.instances[index];
    struct buf indent = {0};

    if (instance->use == NULL)
        return;
    if (instance->first != index) {
        finder->indents[index] = finder->indents[instance->first];
        return;
    }
    buf_add(&indent, finder->indents[instance->parent]);
    buf_add(&indent, own_indent(finder, instance));
    finder->indents[index] = buf_take(&indent, finder->arena);
}

struct span *indent_find(const struct fold *fold, struct arena *arena)
{
    size_t count = fold->layout.instance_count;
    struct finder finder = {.fold = fold,
                            .arena = arena,
                            .indents = arena_array(arena, count, sizeof(struct span))};

    if (all_fit(fold)) {
        for (size_t i = 0; i < count; i++)
            finder.indents[i] = fold->layout.instances[i].indent;
        return finder.indents;
    }
    finder.leads = arena_array(arena, count, sizeof *finder.leads);
    count_lines(&finder);
    for (size_t i = 0; i < count; i++)
        find_one(&finder, i);
    return finder.indents;
}
