#include "heddle/pages/drawing.h"

#include <stdlib.h>
#include <string.h>

#include "heddle/base/escape.h"
#include "heddle/disk/file.h"
#include "heddle/slides/diagram.h"
#include "heddle/slides/outline.h"
#include "heddle/system/filter.h"

enum {
    PERCENT = 180, /* graphs are written for pages, with letters of 14 px */
    WORDS = 8      /* of a command */
};

struct tool {
    const char *argv[WORDS];
    const char *missing; /* what to install; NULL: all is here */
};

static const char *join(struct arena *arena, const char *folder, const char *name)
{
    struct buf path = {0};
    const char *copy;

    buf_addf(&path, "%s/%s", folder, name);
    copy = arena_copy(arena, buf_string(&path), path.len);
    buf_free(&path);
    return copy;
}

static bool has_browser(void)
{
    const char *named = getenv("CHROMIUM");

    return filter_has(named != NULL && *named != '\0' ? named : "chromium") ||
           filter_has("chromium-browser") || filter_has("google-chrome");
}

static void find_mermaid(struct tool *tool, const struct weave_options *options,
                         struct arena *arena)
{
    const char *script = join(arena, options->deck_dir, "mermaid.sh");
    const char *module = join(arena, options->modules_dir, "mermaid/dist/mermaid.min.js");

    *tool = (struct tool){{"sh", script, module, NULL}, NULL};
    if (!file_exists(script) || !file_exists(module))
        tool->missing = "npm's mermaid beside the pages' parts";
    else if (!has_browser())
        tool->missing = "chromium";
}

/* What is to be drawn, and where it stands. */
struct sketch {
    const struct chapter *chapter;
    struct span language, source;
    unsigned line, count; /* its first line, and how many */
};

static bool is_drawn(const struct block *block)
{
    return outline_is_listing(block) && !block->attrs.braces &&
           (span_is(block->attrs.language, "graphviz") ||
            span_is(block->attrs.language, "mermaid"));
}

static struct tool find_tool(struct span language, const struct weave_options *options,
                             struct arena *arena)
{
    struct tool tool = {{"dot", "-Tsvg", NULL}, NULL};

    if (span_is(language, "mermaid"))
        find_mermaid(&tool, options, arena);
    else if (!filter_has("dot"))
        tool.missing = "graphviz";
    return tool;
}

static void add_source(const struct block *block, struct buf *out)
{
    for (unsigned i = 0; i < block->line_count; i++) {
        if (i > 0)
            buf_addc(out, '\n');
        buf_add(out, code_line_span(&block->lines[i]));
    }
}

/* The tool's first words of why, at the line of the source that they count to. */
static void report(const struct sketch *sketch, const struct diags *words, struct diags *diags)
{
    struct span message = span_of("no picture came of it"), rest, digits, before;
    unsigned long line = 0;

    if (words->count > 0) /* behind the failure itself and the command's name */
        message = span_of(words->list[words->count > 1].message);
    if (words->count > 1 && span_find(&message, ": ", &before))
        message = span_skip(message, 2);
    rest = message;
    if (span_find(&rest, "line ", &before)) {
        digits = span_skip(rest, strlen("line "));
        digits.len = strspn(digits.ptr, "0123456789");
        if (!span_number(digits, sketch->count, &line))
            line = 0;
    }
    diag_add(diags, DIAG_WARNING,
             (struct place){&sketch->chapter->source,
                            line > 0 ? sketch->line + (unsigned)line - 1 : sketch->line - 1, 1},
             1, "this cannot be drawn, and is shown as it is written: %.*s", SPAN_ARG(message));
}

/* The picture's own width, larger; 0: it does not say one. */
static unsigned long width_of(struct span svg)
{
    struct span before, digits;
    unsigned long width;
    bool points;

    if (!span_find(&svg, " width=\"", &before))
        return 0;
    digits = svg = span_skip(svg, strlen(" width=\""));
    digits.len = strspn(digits.ptr, "0123456789");
    if (!span_number(digits, 100000, &width))
        return 0;
    svg = span_skip(svg, strcspn(svg.ptr, "\"") - 2);
    points = span_starts(svg, "pt");
    return width * PERCENT / 100 * (points ? 4 : 3) / 3;
}

static struct span picture(struct span svg, struct span source, struct arena *arena)
{
    unsigned long width = width_of(svg);
    struct buf html = {0};
    struct span copy;

    buf_adds(&html, "<p><img class=\"drawing\"");
    if (width > 0)
        buf_addf(&html, " width=\"%lu\"", width);
    buf_adds(&html, " alt=\"");
    escape_html(&html, source);
    buf_adds(&html, "\" src=\"data:image/svg+xml;base64,");
    escape_base64(&html, svg);
    buf_adds(&html, "\" /></p>");
    copy = buf_take(&html, arena);
    buf_free(&html);
    return copy;
}

static struct span draw(const struct sketch *sketch, const struct weave_options *options,
                        struct arena *arena, struct diags *diags)
{
    struct tool tool = find_tool(sketch->language, options, arena);
    const struct source *source = &sketch->chapter->source;
    struct diags words = {0};
    struct span svg = {0}, html = {0};

    if (tool.missing != NULL) {
        diag_add(diags, DIAG_WARNING, source_place(source, sketch->language.ptr),
                 (unsigned)sketch->language.len,
                 "\"%.*s\" is not drawn but shown as it is written; install %s, or put an image "
                 "in its place",
                 SPAN_ARG(sketch->language), tool.missing);
        return html;
    }
    if (filter_run(&(struct filter){tool.argv, options->cache_dir}, sketch->source, source, arena,
                   &svg, &words) &&
        span_find(&svg, "<svg", &(struct span){0}))
        html = picture(svg, sketch->source, arena);
    else
        report(sketch, &words, diags);
    diag_free(&words);
    return html;
}

static struct span draw_block(const struct chapter *chapter, const struct block *block,
                              const struct weave_options *options, struct arena *arena,
                              struct diags *diags)
{
    struct buf source = {0};
    struct span html;

    add_source(block, &source);
    html = draw(&(struct sketch){chapter, block->attrs.language, buf_span(&source),
                                 block_code_line(block, 0), block->line_count},
                options, arena, diags);
    buf_free(&source);
    return html;
}

const struct span *drawing_make(const struct chapter *chapter, const struct weave_options *options,
                                struct arena *arena, struct diags *diags)
{
    struct span *drawings = NULL;

    for (size_t i = 0; i < chapter->block_count; i++) {
        if (!is_drawn(&chapter->blocks[i]))
            continue;
        if (drawings == NULL)
            drawings = arena_array(arena, chapter->block_count, sizeof *drawings);
        drawings[i] = draw_block(chapter, &chapter->blocks[i], options, arena, diags);
    }
    return drawings;
}

/* Raw HTML ------------------------------------------------------------------ */

/* What it shows where nothing draws it: as it is written, and not in one line. */
static struct span as_written(struct span source, struct arena *arena)
{
    struct buf html = {0};
    struct span copy;

    buf_adds(&html, "<pre><code>");
    escape_html(&html, source);
    buf_adds(&html, "</code></pre>");
    copy = buf_take(&html, arena);
    buf_free(&html);
    return copy;
}

static struct span draw_html(const struct chapter *chapter, const struct line_range *html,
                             const struct weave_options *options, struct arena *arena,
                             struct diags *diags)
{
    struct span word, inner, drawn;
    struct buf source = {0};
    unsigned first;

    if (!diagram_in_html(chapter, html, &word, &inner)) {
        if (word.len > 0)
            diag_add(diags, DIAG_WARNING, source_place(&chapter->source, word.ptr),
                     (unsigned)word.len,
                     "\"%.*s\" is not drawn but shown as it is written; end its tag before the "
                     "next empty line and before other tags, or write it as a block ```%.*s",
                     SPAN_ARG(word), SPAN_ARG(word));
        return (struct span){0};
    }
    diagram_add_source(inner, &source);
    first = source_place(&chapter->source, inner.ptr).line;
    drawn = draw(&(struct sketch){chapter, word, buf_span(&source), first, html->last + 1 - first},
                 options, arena, diags);
    if (drawn.len == 0)
        drawn = as_written(buf_span(&source), arena);
    buf_free(&source);
    return drawn;
}

const struct span *drawing_make_html(const struct chapter *chapter,
                                     const struct weave_options *options, struct arena *arena,
                                     struct diags *diags)
{
    struct span *drawings = NULL;

    for (size_t i = 0; i < chapter->html_count; i++) {
        struct span drawn = draw_html(chapter, &chapter->html[i], options, arena, diags);

        if (drawn.len == 0)
            continue;
        if (drawings == NULL)
            drawings = arena_array(arena, chapter->html_count, sizeof *drawings);
        drawings[i] = drawn;
    }
    return drawings;
}
