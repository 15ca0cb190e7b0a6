#include "heddle/pages/outcome_figure.h"

#include <stdio.h>

#include "heddle/base/escape.h"
#include "heddle/disk/file.h"
#include "heddle/outcomes/outcomes.h"
#include "heddle/outcomes/picture.h"
#include "heddle/pages/play.h"
#include "heddle/tangle/locate.h"
#include "heddle/slides/outline.h"
#include "heddle/tangle/outputs.h"

/* What the block lists, and what was recorded, if anything. */
struct outcome_figure {
    struct arena arena;
    struct outcome_list listed;
    struct explored explored;
};

static const struct snippet *snippet_of(const struct web *web, const struct block *block)
{
    for (size_t i = 0; i < web->snippet_count; i++)
        if (web->snippets[i].part->block == block)
            return &web->snippets[i];
    return NULL;
}

/* The record speaks of plain twins; the chapter's lines of now stand for them. */
static void understand(struct outcome_figure *figure, const struct web *web, struct span text)
{
    struct buf record = {0};

    locate_rewrite(web, outputs_plain("build/annotated", &figure->arena), text, &record);
    outcomes_read_record(&figure->explored, &figure->arena, buf_take(&record, &figure->arena));
}

static void read_record(struct outcome_figure *figure, const struct web *web, const char *folder,
                        const struct snippet *snippet, struct diags *ignored)
{
    struct buf path = {0};
    struct outcomes_how how;
    struct span text;

    buf_addf(&path, "%s/", folder);
    if (snippet->program != NULL && outcomes_how_read(&how, &figure->arena, snippet, ignored)) {
        outcomes_file(&how, snippet->program->name, &path);
        if (file_exists(buf_string(&path)) && file_read(&figure->arena, path.ptr, &text, ignored))
            understand(figure, web, text);
    }
    buf_free(&path);
}

/* What is wrong with the block is reported where it is tested. */
static void open_figure(struct outcome_figure *figure, const struct web *web, const char *folder,
                        const struct block *block)
{
    const struct snippet *snippet = snippet_of(web, block);
    struct diags ignored = {0};

    *figure = (struct outcome_figure){0};
    if (snippet != NULL) {
        outcomes_read_block(&figure->listed, &figure->arena, &snippet->part->chapter->source, block,
                            &ignored);
        read_record(figure, web, folder, snippet, &ignored);
    }
    diag_free(&ignored);
}

/* The line that says how it ends, without its dashes; empty for status 0. */
static struct span ending_of(struct span text)
{
    struct span line;

    while (span_line(&text, &line))
        if (span_starts(line, "--- "))
            return span_skip(line, 4);
    return span_of("");
}

static void add_summary(const struct outcome_figure *figure, size_t at, struct buf *out)
{
    struct span ending = ending_of(figure->listed.list[at].text);

    buf_addf(out, "<summary>%zu of %zu", at + 1, figure->listed.count);
    if (ending.len > 0) {
        buf_adds(out, ": ");
        escape_html(out, ending);
    }
    buf_adds(out, "</summary>");
}

static void add_picture(const struct outcome_figure *figure, size_t at, struct buf *out)
{
    const struct outcome *found =
        outcomes_find(&figure->explored.outcomes, figure->listed.list[at].text);
    size_t begin = out->len;

    buf_adds(out, "<div class=\"scroll\">");
    if (found != NULL && picture_draw(found->trace, false, out))
        buf_adds(out, "</div>");
    else
        out->len = begin;
}

/* What it printed and who waits; returns how many lines. How it ends, the
 * summary has said. */
static unsigned add_lines(struct span text, struct buf *out)
{
    unsigned count = 0;
    bool ended = false;

    for (struct span line; span_line(&text, &line);) {
        bool is_ending = span_is(line, "---") || span_starts(line, "--- ");

        ended = ended || is_ending;
        if (is_ending)
            continue;
        buf_adds(out, count++ > 0 ? "\n" : "");
        escape_html(out, ended ? span_trim(line) : line);
    }
    return count;
}

/* Up to so many lines stand above the picture on a slide, more stand beside it. */
enum { FEW_LINES = 4 };

/* How many lines stand above the picture, for its height. */
static void add_outcome(const struct outcome_figure *figure, size_t at, struct buf *out)
{
    struct buf lines = {0};
    unsigned count = add_lines(figure->listed.list[at].text, &lines);

    buf_addf(out, "<details%s style=\"--lines:%u\"%s>", count > FEW_LINES ? " class=\"tall\"" : "",
             count > FEW_LINES ? 0 : count, at == 0 ? " open" : "");
    add_summary(figure, at, out);
    buf_adds(out, at == 0 ? "<div class=\"run\">" : OUTCOME_FIGURE_CLOSED ">");
    if (count > 0) {
        buf_adds(out, "<div class=\"scroll\"><pre><code>");
        buf_add(out, buf_span(&lines));
        buf_adds(out, "</code></pre></div>");
    }
    add_picture(figure, at, out);
    buf_adds(out, "</div></details>");
    buf_free(&lines);
}

/* All at once ------------------------------------------------------------------ */

/* The first list of the same program: what is in others and not there, is
 * marked. */
static const struct block *first_list(const struct web *web, const struct block *block)
{
    const struct attr *of = attr_get(&block->attrs, "of");

    for (size_t i = 0; of != NULL && i < web->snippet_count; i++) {
        const struct block *other = web->snippets[i].part->block;
        const struct attr *its = attr_get(&other->attrs, "of");

        if (outline_is_list(other) && its != NULL && span_equal(its->value, of->value))
            return other;
    }
    return block;
}

static bool is_listed(const struct outcome_list *list, struct span text)
{
    for (size_t i = 0; i < list->count; i++)
        if (span_equal(list->list[i].text, text))
            return true;
    return false;
}

static void add_all(const struct outcome_figure *figure, const struct outcome_figure *first,
                    struct buf *out)
{
    buf_adds(out, "<div class=\"scroll\"><pre><code>");
    for (size_t i = 0; i < figure->listed.count; i++) {
        struct span text = figure->listed.list[i].text;

        buf_adds(out, i > 0 ? "\n" : "");
        buf_adds(out, is_listed(&first->listed, text) ? "<span>" : "<span class=\"more\">");
        add_lines(text, out);
        buf_adds(out, "</span>");
    }
    buf_adds(out, "</code></pre></div>");
}

void outcome_figure_add(const struct web *web, const char *folder, const struct block *block,
                        struct buf *out)
{
    struct outcome_figure figure, first;

    open_figure(&figure, web, folder, block);
    if (outline_is_list(block)) {
        open_figure(&first, web, folder, first_list(web, block));
        add_all(&figure, &first, out);
        arena_free(&first.arena);
    }
    for (size_t i = 0; i < figure.listed.count && !outline_is_list(block); i++)
        add_outcome(&figure, i, out);
    arena_free(&figure.arena);
}

void outcome_figure_add_name(const struct web *web, const struct block *block, struct buf *out)
{
    const struct snippet *snippet = snippet_of(web, block);
    const struct attr *model = attr_get(&block->attrs, "model");
    struct arena arena = {0};
    struct span name;

    if (snippet != NULL && play_name(snippet, &arena, &name) &&
        !span_equal(name, snippet->program->name) &&
        (!outline_is_list(block) || (model != NULL && span_is(model->value, "tso"))))
        buf_add(out, name);
    arena_free(&arena);
}

/* The slide that explains the line, which a book may have. */
static const char explanation[] = "what-is-assumed";

static bool is_explained(const struct web *web)
{
    char id[sizeof explanation + 3];
    struct span before;

    snprintf(id, sizeof id, "{#%s", explanation);
    for (size_t i = 0; i < web->chapter_count; i++)
        for (size_t j = 0; j < web->chapters[i].block_count; j++) {
            struct span info = web->chapters[i].blocks[j].info;

            if (web->chapters[i].blocks[j].kind == BLOCK_HEADING && span_find(&info, id, &before))
                return true;
        }
    return false;
}

/* A slide has room for the first of it (theme.css). */
static void add_assumed(const struct web *web, struct span assumed, struct piece *out)
{
    bool explained = is_explained(web);
    struct span first;

    buf_adds(&out->html, " \xc2\xb7 ");
    if (explained)
        piece_add_link(out, span_of(explanation));
    buf_adds(&out->html, explained ? "assumed</a>: " : "assumed: ");
    if (span_find(&assumed, "; ", &first)) {
        escape_html(&out->html, first);
        buf_adds(&out->html, "<span>");
        escape_html(&out->html, assumed);
        buf_adds(&out->html, "</span>");
    } else {
        escape_html(&out->html, assumed);
    }
}

void outcome_figure_add_terms(const struct web *web, const char *folder, const struct block *block,
                              struct piece *out)
{
    struct outcome_figure figure;

    open_figure(&figure, web, folder, block);
    buf_addf(&out->html, " <small>%s%zu", figure.listed.count == 1 ? "just " : "",
             figure.listed.count);
    if (figure.explored.runs > 0)
        buf_addf(&out->html, ", in %lu run%s", figure.explored.runs,
                 figure.explored.runs == 1 ? "" : "s");
    if (figure.explored.assumed.len > 0)
        add_assumed(web, figure.explored.assumed, out);
    buf_adds(&out->html, "</small>");
    arena_free(&figure.arena);
}
