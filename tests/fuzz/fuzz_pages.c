/*
 * From chapters to pieces of a page. Whatever a chapter holds:
 *
 * - of each listing on a slide pandoc is told, once;
 * - the Markdown for pandoc is the same each time;
 * - HTML in order that was read and written is read and written as it is;
 * - what becomes of a slide has its marks inside, and in order.
 *
 * A line "%%" cuts the input: behind it stands HTML, as if pandoc had made it.
 * Without one cmark makes it of each slide.
 */
#include <cmark.h>
#include <gumbo.h>
#include <stdlib.h>
#include <string.h>

#include "heddle/base/escape.h"
#include "heddle/pages/finish.h"
#include "heddle/pages/links.h"
#include "heddle/slides/divs_html.h"
#include "heddle/slides/hackmd_html.h"
#include "heddle/slides/marp_html.h"
#include "heddle/slides/raw_html.h"
#include "heddle/slides/rewrite.h"
#include "heddle/slides/tex_html.h"
#include "heddle/slides/type_size.h"
#include "heddle/web/build.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool fact)
{
    if (!fact)
        abort();
}

/* Markdown -------------------------------------------------------------------- */

static size_t count_of(struct span text, const char *word)
{
    struct span before;
    size_t count = 0;

    for (; span_find(&text, word, &before); text = span_skip(text, 1))
        count++;
    return count;
}

static bool is_on_a_slide(const struct outline *outline, const struct block *block)
{
    for (size_t i = 0; i < outline->count; i++)
        if (outline->slides[i].body <= block->line && block->line < outline->slides[i].end)
            return true;
    return false;
}

/* An author's own text may say the same, if without the blank. */
static void check_listings(const struct outline *outline, struct span markdown)
{
    static const char mark[] = " {#listing-";
    const struct chapter *chapter = outline->chapter;
    size_t wanted = 0, got = count_of(markdown, mark);

    for (size_t i = 0; i < chapter->block_count; i++)
        wanted +=
            outline_is_listing(&chapter->blocks[i]) && is_on_a_slide(outline, &chapter->blocks[i]);
    require(got >= wanted);
    require(got == wanted || count_of(chapter->source.text, mark + 1) > 0);
}

static void check_markdown(const struct outline *outline)
{
    struct rewritten first = {0}, again = {0};
    struct diags diags = {0};

    rewrite_chapter(outline, &first, &diags);
    rewrite_chapter(outline, &again, &diags);
    require(span_equal(buf_span(&first.text), buf_span(&again.text)));
    check_listings(outline, buf_span(&first.text));
    diag_free(&diags);
    rewritten_free(&first);
    rewritten_free(&again);
}

/* HTML ------------------------------------------------------------------------ */

static void add_listing(const struct block *block, size_t index, struct buf *html)
{
    buf_addf(html, "<pre id=\"listing-%zu\"><code>", index);
    for (unsigned i = 0; i < block->line_count; i++) {
        escape_html(html, code_line_span(&block->lines[i]));
        buf_addc(html, '\n');
    }
    buf_adds(html, "</code></pre>\n");
}

/* What pandoc would make of a slide, or nearly. */
static void add_slide(const struct outline *outline, const struct slide *slide, struct buf *html)
{
    const struct chapter *chapter = outline->chapter;
    const char *const *starts = chapter->source.line_starts;
    const char *begin = starts[slide->body - 1], *end = starts[slide->end - 1];
    char *text = cmark_markdown_to_html(begin, (size_t)(end - begin), CMARK_OPT_UNSAFE);

    buf_adds(html, "<section id=\"");
    escape_html(html, slide->id);
    buf_addf(html, "\" class=\"slide\">%s", text);
    free(text);
    for (size_t i = slide->first_block;
         i < chapter->block_count && chapter->blocks[i].line < slide->end; i++)
        if (chapter->blocks[i].kind == BLOCK_CODE && outline_is_listing(&chapter->blocks[i]))
            add_listing(&chapter->blocks[i], i - slide->first_block, html);
    buf_adds(html, "</section>\n");
}

/* HTML, section 13.3: links within links, and formatting that ends in the wrong order, may
 * be read as something else when they were read and written. */
static bool is_in_order(struct span html)
{
    GumboOptions options = kGumboDefaultOptions;
    GumboOutput *output;
    bool in_order;

    options.fragment_context = GUMBO_TAG_DIV;
    options.max_errors = 1;
    output = gumbo_parse_with_options(&options, html.len > 0 ? html.ptr : "", html.len);
    in_order = output->errors.length == 0;
    gumbo_destroy_output(&options, output);
    return in_order;
}

static void check_round_trip(struct span html)
{
    struct arena arena = {0};
    struct buf first = {0}, again = {0};

    html_add(&first, html_read(&arena, html));
    html_add(&again, html_read(&arena, buf_span(&first)));
    require(!is_in_order(buf_span(&first)) || span_equal(buf_span(&first), buf_span(&again)));
    buf_free(&first);
    buf_free(&again);
    arena_free(&arena);
}

static void check_piece(const struct piece *piece)
{
    size_t at = 0;

    for (size_t i = 0; i < piece->count; i++) {
        require(piece->marks[i].at >= at);
        require(piece->marks[i].at + piece->marks[i].len <= piece->html.len);
        at = piece->marks[i].at;
    }
}

static void check_pages(const struct web *web, const struct outline *outline, struct span html,
                        struct diags *diags)
{
    struct arena arena = {0};
    struct listings listings;
    struct html_node *root = html_read(&arena, html);
    const struct html_node **coloured =
        arena_array(&arena, outline->chapter->block_count, sizeof *coloured);
    struct finished *slides;

    divs_finish(root, &arena);
    marp_finish(root, outline->chapter, &arena, diags);
    if (outline->chapter->is_talk)
        hackmd_finish(root, outline->chapter, &arena, diags);
    tex_finish(root, outline->chapter, &arena, diags);
    links_finish(outline, root, &arena, diags);
    listings_open(&listings, web, "/nowhere");
    slides = finish_chapter(&listings, outline, root, coloured, &arena);
    for (size_t i = 0; i < outline->count; i++)
        check_piece(&slides[i].html);
    finish_free(slides, outline->count);
    listings_close(&listings);
    arena_free(&arena);
}

static void weave(const struct web *web, const struct outline *outline, struct span given,
                  struct diags *diags)
{
    struct buf html = {0};

    check_markdown(outline);
    buf_add(&html, given);
    for (size_t i = 0; given.len == 0 && i < outline->count; i++)
        add_slide(outline, &outline->slides[i], &html);
    check_round_trip(buf_span(&html));
    check_pages(web, outline, buf_span(&html), diags);
    buf_free(&html);
}

static void read_and_weave(const struct web *web, struct span given, struct diags *diags)
{
    struct arena arena = {0};
    struct table ids = {0};
    struct outline outline;

    outline_read(&outline, &web->chapters[0], &arena, &ids, diags);
    type_size_set(&outline, false, diags);
    raw_html_check(outline.chapter, diags);
    if (diags->errors == 0)
        weave(web, &outline, given, diags);
    table_free(&ids);
    arena_free(&arena);
}

/* The chapter's text, and behind a line %% the HTML. */
static struct span cut(struct span *text)
{
    struct span rest = *text, line;

    while (span_line(&rest, &line))
        if (span_is(line, "%%")) {
            *text = span_between(text->ptr, line.ptr);
            return rest;
        }
    return (struct span){0};
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct chapter chapter;
    struct web web = {.chapters = &chapter, .chapter_count = 1};
    struct diags diags = {0};
    struct span text = {size > 0 ? (const char *)data : "", size}, html = cut(&text);

    if (markdown_read(&chapter, &web.arena, "chapter.md", text, &diags) &&
        web_build(&web, &diags) && diags.errors == 0)
        read_and_weave(&web, html, &diags);
    web_free(&web);
    diag_free(&diags);
    return 0;
}
