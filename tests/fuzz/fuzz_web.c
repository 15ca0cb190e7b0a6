/*
 * From chapters to files, in memory. Whatever the chapters hold:
 *
 * - a web without errors has every reference resolved, and can be tangled;
 * - tangling twice gives the same;
 * - both twins have the same lines apart from #line and the blanks before them;
 * - no #line stands behind a line that a backslash continues;
 * - there is an origin for every clean line, and it is where the line stands
 *   (for a banner's lines, where the file begins).
 *
 * A line "%%" cuts the input into chapters.
 */
#include <stdlib.h>

#include "heddle/tangle/tangle.h"
#include "heddle/web/build.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { CHAPTERS_MOST = 4 };

static void require(bool fact)
{
    if (!fact)
        abort();
}

/* An undefined use in a chunk that reaches no output is a warning only. */
static void check_uses(const struct web *web)
{
    for (size_t i = 0; i < web->chunk_count; i++)
        for (const struct part *part = web->chunks[i]->first; part != NULL; part = part->next)
            for (size_t use = 0; use < part->use_count; use++)
                require(part->uses[use].escaped || part->uses[use].chunk != NULL ||
                        !web->chunks[i]->reached);
}

static struct span without_blanks(struct span line)
{
    while (line.len > 0 && (line.ptr[0] == ' ' || line.ptr[0] == '\t'))
        line = span_skip(line, 1);
    return line;
}

/* Chapters may hold lines that begin with #line; only ours name a chapter. */
static bool is_directive(struct span line)
{
    return span_starts(line, "#line ") && span_ends(line, ".md\"");
}

static bool next_code(struct span *rest, struct span *line, bool skip)
{
    bool more;

    do
        more = span_line(rest, line);
    while (more && skip && is_directive(*line));
    return more;
}

static void compare_twins(struct span clean, struct span twin, bool c)
{
    struct span a, b;

    while (next_code(&clean, &a, c)) {
        require(next_code(&twin, &b, c));
        require(span_equal(without_blanks(a), without_blanks(b)));
    }
    require(!next_code(&twin, &b, c));
}

static void check_directives(struct span twin)
{
    struct span line, last = {0};

    while (span_line(&twin, &line)) {
        if (is_directive(line))
            require(!span_ends(span_trim(last), "\\"));
        last = line;
    }
}

static void check_origins(const struct target *target, struct span clean)
{
    size_t count, at = 0;
    struct origin *origins = tangle_origins(target, &count);
    struct span line;

    while (span_line(&clean, &line)) {
        struct span there;

        require(at < count);
        if (origins[at].line == origins[at].part->block->line) { /* the banner */
            require(target->banner.len > 0);
            at++;
            continue;
        }
        there = source_line(&origins[at].part->chapter->source, origins[at].line);
        line = without_blanks(line);
        require(span_ends(there, "") && there.len >= line.len);
        require(span_equal(span_skip(there, there.len - line.len), line));
        at++;
    }
    require(at == count);
    free(origins);
}

static void check_target(const struct target *target)
{
    struct buf clean = {0}, again = {0}, twin = {0};

    tangle_clean(target, &clean);
    tangle_clean(target, &again);
    tangle_annotated(target, &twin);
    require(span_equal(buf_span(&clean), buf_span(&again)));
    require(clean.len == 0 || clean.ptr[clean.len - 1] == '\n');
    require(clean.len <= target->chunk->cost + target->banner.len);
    require(twin.len <= target->chunk->cost + target->banner.len);
    compare_twins(buf_span(&clean), buf_span(&twin), target->c);
    if (target->c)
        check_directives(buf_span(&twin));
    check_origins(target, buf_span(&clean));
    buf_free(&clean);
    buf_free(&again);
    buf_free(&twin);
}

/* A book no larger than this; what grows beyond is hostile.sh's matter. */
static bool is_small(const struct web *web)
{
    size_t cost = 0;

    for (size_t i = 0; i < web->target_count && cost < 1u << 20; i++)
        cost += web->targets[i]->chunk->cost < 1u << 20 ? web->targets[i]->chunk->cost : 1u << 20;
    return cost < 1u << 20;
}

static size_t read_chapters(struct chapter *chapters, struct arena *arena, struct span text,
                            struct diags *diags)
{
    static const char *const paths[CHAPTERS_MOST] = {"0.md", "1.md", "2.md", "3.md"};
    struct span rest = text, line;
    const char *begin = text.ptr;
    size_t count = 0;

    while (count + 1 < CHAPTERS_MOST && span_line(&rest, &line))
        if (span_is(line, "%%")) {
            markdown_read(&chapters[count], arena, paths[count], span_between(begin, line.ptr),
                          diags);
            count++;
            begin = rest.ptr;
        }
    markdown_read(&chapters[count], arena, paths[count], span_between(begin, text.ptr + text.len),
                  diags);
    return count + 1;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char nothing[] = "";
    struct chapter chapters[CHAPTERS_MOST];
    struct web web = {.chapters = chapters};
    struct diags diags = {0};
    struct span text = {size > 0 ? (const char *)data : nothing, size};

    web.chapter_count = read_chapters(chapters, &web.arena, text, &diags);
    if (web_build(&web, &diags) && diags.errors == 0) {
        check_uses(&web);
        for (size_t i = 0; is_small(&web) && i < web.target_count; i++)
            check_target(web.targets[i]);
    }
    web_free(&web);
    diag_free(&diags);
    return 0;
}
