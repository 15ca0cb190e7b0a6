#include "heddle/figures/figure.h"

#include <stdlib.h>
#include <string.h>

#include "heddle/base/hash.h"
#include "heddle/tangle/tangle.h"

enum { MARK_DIGITS = 8 };

static const char *const kinds[] = {"bars",   "grid",  "holds", "lanes",
                                    "memory", "pipes", "slots", "timeline"};
enum { KIND_COUNT = sizeof kinds / sizeof *kinds };

bool figure_is_observed(enum figure_kind kind)
{
    return kind == FIGURE_PIPES || kind == FIGURE_TIMELINE;
}

void figure_add_mark(const struct target *program, struct buf *out)
{
    struct buf text = {0};
    char digits[HASH_DIGITS + 1];

    tangle_clean(program, &text);
    hash_text(buf_span(&text), digits);
    buf_addf(out, "%.*s", MARK_DIGITS, digits);
    buf_free(&text);
}

/* Attributes ------------------------------------------------------------------ */

static bool read_kind(struct figure *figure, const struct source *source, const struct block *block,
                      struct diags *diags)
{
    const struct attr *kind = attr_get(&block->attrs, "kind");
    struct buf known = {0};

    for (unsigned i = 0; kind != NULL && i < KIND_COUNT; i++)
        if (span_is(kind->value, kinds[i])) {
            figure->kind = (enum figure_kind)i;
            return true;
        }
    for (unsigned i = 0; i < KIND_COUNT; i++)
        buf_addf(&known, "%s%s", i == 0 ? "" : i + 1 < KIND_COUNT ? ", " : " or ", kinds[i]);
    if (kind == NULL)
        diag_error_at(diags, source, block->info,
                      "this figure is of no kind; say kind= and one of %s", buf_string(&known));
    else
        diag_error_at(diags, source, kind->value, "no figure is a \"%.*s\"; there is %s",
                      SPAN_ARG(kind->value), buf_string(&known));
    buf_free(&known);
    return false;
}

/* The value of an attribute, or nothing. */
static struct span value_of(const struct block *block, const char *key)
{
    const struct attr *attr = attr_get(&block->attrs, key);

    return attr != NULL ? attr->value : span_of("");
}

static bool shows_the_same(const struct snippet *other, const struct snippet *figure,
                           enum snippet_kind kind)
{
    const struct block *a = other->part->block, *b = figure->part->block;

    return other->kind == kind && other->program == figure->program &&
           !span_is(value_of(a, "stream"), "stderr") && !span_is(a->attrs.language, "console") &&
           span_equal(value_of(a, "args"), value_of(b, "args"));
}

/* The block whose promise is drawn. The nearest of several: programs are shown
 * where they are spoken of. */
static const struct block *find_shown(const struct web *web, const struct snippet *figure,
                                      enum snippet_kind kind, const struct chapter **chapter)
{
    const struct block *found = NULL;

    for (size_t i = 0; i < web->snippet_count; i++)
        if (shows_the_same(&web->snippets[i], figure, kind)) {
            found = web->snippets[i].part->block;
            *chapter = web->snippets[i].part->chapter;
        }
    return found;
}

/* Data ------------------------------------------------------------------------ */

static struct span text_of(const struct block *block, struct arena *arena)
{
    struct buf text = {0};

    block_add_code(block, &text);
    return buf_take(&text, arena);
}

/* "# WHEN AND WHERE, program MARK", and the data behind it. */
static void split_head(struct figure *figure, struct span text)
{
    struct span rest = text, line, made;

    figure->data = text;
    if (!span_starts(text, "# ") || !span_line(&rest, &line))
        return;
    line = span_skip(line, 2);
    if (!span_find(&line, ", program ", &made))
        return;
    figure->made = made;
    figure->mark = span_skip(line, strlen(", program "));
    figure->data = rest;
}

static bool read_promise(struct figure *figure, struct arena *arena, const struct chapter *chapter,
                         struct diags *diags)
{
    const struct block *block = figure->shown;
    struct expect_source *lines = arena_array(arena, block->line_count, sizeof *lines);
    struct span order = value_of(block, "order");

    for (unsigned i = 0; i < block->line_count; i++)
        lines[i] = (struct expect_source){code_line_span(&block->lines[i]), block->lines[i].pad};
    return expect_read(&figure->promise, arena, &chapter->source, lines, block->line_count,
                       block->line + 1,
                       span_is(order, "any")       ? EXPECT_ANY_ORDER
                       : span_is(order, "threads") ? EXPECT_THREADS
                                                   : EXPECT_EXACT,
                       diags);
}

/* A promise that leaves something open is not what any run printed. */
static void judge_printed(struct figure *figure, struct arena *arena)
{
    bool open = expect_has_patterns(&figure->promise) || figure->promise.order != EXPECT_EXACT;

    if (figure->data.len == 0 && !open)
        figure->data = text_of(figure->shown, arena);
    else if (figure->data.len == 0)
        figure->fault = "holds no run yet, and its output has patterns";
    else if (!expect_matches(&figure->promise, figure->data))
        figure->fault = "holds a run that its output block does not allow";
}

static void judge_observed(struct figure *figure)
{
    struct buf mark = {0};

    figure_add_mark(figure->snippet->program, &mark);
    if (figure->data.len == 0)
        figure->fault = "holds no run yet";
    else if (!span_equal(figure->mark, buf_span(&mark)))
        figure->fault = "holds a run of another text of its program";
    buf_free(&mark);
}

/* Of the outcomes, the one that stands still. */
static void take_deadlock(struct figure *figure, struct arena *arena)
{
    struct span rest = text_of(figure->shown, arena), line, before;

    figure->data = span_find(&rest, "--- deadlock\n", &before)
                       ? span_skip(rest, strlen("--- deadlock\n"))
                       : span_of("");
    for (rest = figure->data; span_line(&rest, &line);)
        if (!span_starts(line, " ")) {
            figure->data = span_between(figure->data.ptr, line.ptr);
            break;
        }
    if (figure->data.len == 0)
        figure->fault = "finds no deadlock in its outcomes";
}

static bool need_shown(struct figure *figure, const struct web *web, const char *what,
                       enum snippet_kind kind, const struct chapter **chapter, struct diags *diags)
{
    const struct part *part = figure->snippet->part;

    figure->shown = find_shown(web, figure->snippet, kind, chapter);
    if (figure->shown == NULL)
        diag_error_at(diags, &part->chapter->source, attr_get(&part->block->attrs, "of")->whole,
                      "this figure draws %s, and no block shows those of \"%.*s\"", what,
                      SPAN_ARG(figure->snippet->program->name));
    return figure->shown != NULL;
}

bool figure_read(struct figure *figure, struct arena *arena, const struct web *web,
                 const struct snippet *snippet, struct diags *diags)
{
    const struct block *block = snippet->part->block;
    const struct chapter *chapter = snippet->part->chapter;

    *figure = (struct figure){.snippet = snippet};
    if (!read_kind(figure, &chapter->source, block, diags) || snippet->program == NULL)
        return false;
    split_head(figure, text_of(block, arena));
    if (figure_is_observed(figure->kind)) {
        judge_observed(figure);
    } else if (figure->kind == FIGURE_HOLDS) {
        if (!need_shown(figure, web, "outcomes", SNIPPET_OUTCOMES, &chapter, diags))
            return false;
        take_deadlock(figure, arena);
    } else {
        if (!need_shown(figure, web, "output lines", SNIPPET_OUTPUT, &chapter, diags) ||
            !read_promise(figure, arena, chapter, diags))
            return false;
        judge_printed(figure, arena);
    }
    return true;
}
