#include "heddle/pages/finish.h"

#include <stdlib.h>
#include <string.h>

#include "heddle/base/path.h"
#include "heddle/disk/file.h"
#include "heddle/pages/html.h"

/* Listings and comments ----------------------------------------------------- */

static const char listing_id[] = " id=\"listing-";

/* The block that a tag with id="listing-N" stands for, or NULL. */
static const struct block *listing_at(const struct chapter *chapter, struct span tag)
{
    struct span rest = tag, before, digits;
    unsigned long index;

    if (!span_find(&rest, listing_id, &before))
        return NULL;
    rest = span_skip(rest, strlen(listing_id));
    if (!span_find(&rest, "\"", &digits) || chapter->block_count == 0 ||
        !span_number(digits, chapter->block_count - 1, &index))
        return NULL;
    return &chapter->blocks[index];
}

/* From <div><pre><code>, or <pre><code> where pandoc knows no colours, to the
 * end of what was opened. */
static struct span take_code(struct span *html)
{
    bool in_div = span_starts(*html, "<div");
    struct span code = {0};

    span_skip_past(html, "<code");
    span_skip_past(html, ">");
    span_find(html, "</code>", &code);
    span_skip_past(html, in_div ? "</div>" : "</pre>");
    return code;
}

/* pandoc counts footnotes by the chapter, and the page has many. */
static void add_tag(struct span tag, size_t chapter, struct buf *out)
{
    struct span rest = tag, before;
    bool is_item = span_starts(tag, "<li id=\"fn");
    bool is_note = is_item || span_find(&rest, "\"footnote-", &before);

    rest = tag;
    if (is_item && span_find(&rest, " role=", &before))
        tag = before; /* doc-endnote: deprecated in WAI-ARIA for books, 1.1 */
    while (is_note && span_find(&tag, "\"", &before)) {
        bool is_link = span_starts(tag, "\"#fn"), is_id = span_starts(tag, "\"fn");

        buf_add(out, before);
        if (is_link || is_id)
            buf_addf(out, "\"%sfn-%zu-", is_link ? "#" : "", chapter + 1);
        else
            buf_addc(out, '"');
        tag = span_skip(tag, is_link ? 4 : is_id ? 3 : 1);
    }
    buf_add(out, tag);
}

void finish_chapter(const struct listings *figures, const struct chapter *chapter, struct span html,
                    struct buf *out)
{
    struct span before, tag, rest;

    while (span_find(&html, "<", &before)) {
        const struct block *block = NULL;

        buf_add(out, before);
        if (span_starts(html, "<!--")) {
            span_skip_past(&html, "-->");
            continue;
        }
        rest = html;
        if (!span_find(&rest, ">", &tag))
            break;
        if (span_starts(tag, "<div") || span_starts(tag, "<pre"))
            block = listing_at(chapter, tag);
        if (block != NULL) {
            listing_add(figures, chapter, block, take_code(&html), out);
        } else {
            add_tag(tag, (size_t)(chapter - figures->web->chapters), out);
            html = rest;
        }
    }
    buf_add(out, html);
}

/* Contents ------------------------------------------------------------------ */

/* Lists are opened and closed as columns begin. */
struct list {
    struct buf *out;
    bool in_column, in_slides;
};

static void end_column(struct list *list)
{
    buf_adds(list->out, list->in_slides ? "</li></ol>" : "");
    buf_adds(list->out, list->in_column ? "</li>\n" : "");
    list->in_column = list->in_slides = false;
}

static void begin_item(struct list *list, bool column)
{
    if (column || !list->in_column) {
        end_column(list);
        list->in_column = true;
    } else {
        buf_adds(list->out, list->in_slides ? "</li>" : "<ol>");
        list->in_slides = true;
    }
    buf_adds(list->out, "<li>");
}

/* What the slides pass by: it is in the book alone, or apart. */
static bool stands_aside(const struct slide *slide)
{
    return outline_slide_has(slide, "book") || outline_slide_has(slide, "apart");
}

/* Of columns alone, what the slides pass by is a note to the one before it. */
static void add_item(struct list *list, const struct slide *slide, struct span title,
                     bool columns_only)
{
    bool aside = columns_only && list->in_column && stands_aside(slide);

    if (!aside)
        begin_item(list, slide->column);
    buf_addf(list->out, "%s<a href=\"#%.*s\">%.*s</a>%s", aside ? " <small>" : "",
             SPAN_ARG(slide->id), SPAN_ARG(title), aside ? "</small>" : "");
}

void finish_contents(const struct outline *outlines, size_t count, struct span slides,
                     bool columns_only, struct buf *out)
{
    struct list list = {.out = out};
    struct buf title = {0};

    buf_adds(out, "<ol>\n");
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < outlines[i].count; j++) {
            const struct slide *slide = &outlines[i].slides[j];

            title.len = 0;
            if ((slide->column || !columns_only) && html_slide_title(&slides, slide->id, &title))
                add_item(&list, slide, buf_span(&title), columns_only);
        }
    end_column(&list);
    buf_adds(out, "</ol>");
    buf_free(&title);
}

/* Sources ------------------------------------------------------------------- */

bool finish_has_source(const char *path)
{
    return path_fault(span_of(path)) == NULL;
}

/* Behind the slide's heading. */
static void add_source(const struct outline *outline, const struct slide *slide, struct span *html,
                       struct buf *out)
{
    struct span before, rest = *html;

    if (!html_find_slide(&rest, slide->id, &before))
        return;
    span_skip_past(&rest, "</h");
    span_skip_past(&rest, ">");
    buf_add(out, span_between(html->ptr, rest.ptr));
    buf_adds(out, "\n<a class=\"source\" href=\"");
    escape_html(out, span_of(outline->chapter->source.path));
    buf_addf(out, ".html#L%u\">source</a>", slide->heading->line);
    *html = rest;
}

void finish_add_sources(const struct outline *outline, struct span html, struct buf *out)
{
    if (finish_has_source(outline->chapter->source.path))
        for (size_t i = 0; i < outline->count; i++)
            if (outline->slides[i].heading != NULL)
                add_source(outline, &outline->slides[i], &html, out);
    buf_add(out, html);
}
