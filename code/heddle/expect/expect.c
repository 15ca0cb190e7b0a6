#include "heddle/expect/expect.h"

#include <stdlib.h>
#include <string.h>

#include "heddle/expect/threads.h"

/* The first piece of a pattern that touches the line's first word and is no
 * plain text; NULL when the word says which thread it is. */
static const struct pattern_piece *unclear_thread(const struct expect_line *line)
{
    const struct pattern *pattern = &line->pattern;
    size_t end = (size_t)(line->thread.ptr + line->thread.len - pattern->text.ptr), at = 0;

    for (size_t i = 0; i < pattern->count && at < end; i++) {
        if (pattern->pieces[i].kind != PATTERN_TEXT)
            return &pattern->pieces[i];
        at += pattern->pieces[i].text.len;
    }
    return NULL;
}

static bool check_thread(const struct expect_line *line, const struct source *source,
                         struct diags *diags)
{
    const struct pattern_piece *piece = unclear_thread(line);

    if (piece == NULL)
        return true;
    diag_error_at(diags, source, piece->text,
                  "\"%.*s\" stands in a line's first word, which names the thread of "
                  "order=threads",
                  SPAN_ARG(piece->text));
    return false;
}

bool expect_read(struct expect *expect, struct arena *arena, const struct source *source,
                 const struct expect_source lines[], size_t count, unsigned first_line,
                 enum expect_order order, struct diags *diags)
{
    bool good = true;

    *expect = (struct expect){
        .order = order,
        .count = count,
        .first_line = first_line,
        .lines = arena_array(arena, count, sizeof *expect->lines),
    };
    for (size_t i = 0; i < count; i++) {
        struct expect_line *line = &expect->lines[i];

        if (!pattern_read(&line->pattern, arena, source, lines[i].text, lines[i].pad, diags))
            good = false;
        line->any_lines = span_is(line->pattern.text, "...");
        line->thread = output_lines_first_word(line->pattern.text);
        if (line->any_lines || line->pattern.count > 0)
            expect->has_patterns = true;
        if (order == EXPECT_THREADS && !check_thread(line, source, diags))
            good = false;
    }
    return good;
}

bool expect_has_patterns(const struct expect *expect)
{
    return expect->has_patterns;
}

/* No lines to find in it: compare the bytes as they come. */
static bool same_bytes(const struct expect *expect, struct span output)
{
    for (size_t i = 0; i < expect->count; i++) {
        struct span text = expect->lines[i].pattern.text;

        if (output.len <= text.len || output.ptr[text.len] != '\n' ||
            (text.len > 0 && memcmp(output.ptr, text.ptr, text.len) != 0))
            return false;
        output = span_skip(output, text.len + 1);
    }
    return output.len == 0;
}

static bool matches_in_order(const struct expect *expect, const struct output_lines *printed)
{
    struct expect_thread all = {
        .lines = mem_alloc(expect->count * sizeof *all.lines),
        .count = expect->count,
        .printed = *printed,
    };
    bool matches;

    for (size_t i = 0; i < expect->count; i++)
        all.lines[i] = &expect->lines[i];
    matches = expect_thread_matches(&all);
    free(all.lines);
    return matches;
}

static bool matches_in_any_order(const struct expect *expect, const struct output_lines *printed)
{
    bool *found = mem_alloc(expect->count), *taken = mem_alloc(printed->count);
    bool all_found = true, all_taken = true, open = false;

    output_lines_pair(printed, expect, found, taken);
    for (size_t i = 0; i < expect->count; i++) {
        open = open || expect->lines[i].any_lines;
        all_found = all_found && (found[i] || expect->lines[i].any_lines);
    }
    for (size_t j = 0; j < printed->count; j++)
        all_taken = all_taken && taken[j];
    free(found);
    free(taken);
    return all_found && (all_taken || open);
}

static bool matches_by_thread(const struct expect *expect, const struct output_lines *printed)
{
    struct expect_threads threads = expect_threads_split(expect, printed);
    bool matches = true;

    for (size_t i = 0; i < threads.count && matches; i++)
        matches = expect_thread_matches(&threads.list[i]);
    expect_threads_free(&threads);
    return matches;
}

bool expect_matches(const struct expect *expect, struct span output)
{
    struct output_lines printed;
    bool matches;

    if (expect->order == EXPECT_EXACT && !expect->has_patterns)
        return same_bytes(expect, output);
    printed = output_lines_split(output, SIZE_MAX);
    if (expect->order == EXPECT_EXACT)
        matches = matches_in_order(expect, &printed);
    else if (expect->order == EXPECT_ANY_ORDER)
        matches = matches_in_any_order(expect, &printed);
    else
        matches = matches_by_thread(expect, &printed);
    output_lines_free(&printed);
    return matches;
}
