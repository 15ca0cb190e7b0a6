#include "fragment.h"

#include <stdlib.h>
#include <string.h>

#include "html.h"

/* Listings and comments ----------------------------------------------------- */

static const char listing_id[] = " id=\"listing-";

/* The block that a tag with id="listing-N" stands for, or NULL. */
static const struct block *listing_at(const struct chapter *chapter, struct span tag)
{
    struct span rest = tag, before, digits;
    unsigned long index;

    if (!html_find(&rest, listing_id, &before))
        return NULL;
    rest = span_skip(rest, strlen(listing_id));
    if (!html_find(&rest, "\"", &digits) || chapter->block_count == 0
        || !span_number(digits, chapter->block_count - 1, &index))
        return NULL;
    return &chapter->blocks[index];
}

/* Move `html` behind `needle`; to its end when there is none. */
static void skip_past(struct span *html, const char *needle)
{
    struct span before;

    if (html_find(html, needle, &before))
        *html = span_skip(*html, strlen(needle));
    else
        html->len = 0;
}

/* From <div><pre><code>, or <pre><code> where pandoc knows no colours, to the
 * end of what was opened. */
static struct span take_code(struct span *html)
{
    bool in_div = span_starts(*html, "<div");
    struct span code = { 0 };

    skip_past(html, "<code");
    skip_past(html, ">");
    html_find(html, "</code>", &code);
    skip_past(html, in_div ? "</div>" : "</pre>");
    return code;
}

/* pandoc counts footnotes by the chapter, and the page has many. */
static void add_tag(struct span tag, size_t chapter, struct buf *out)
{
    struct span rest = tag, before;
    bool is_item = span_starts(tag, "<li id=\"fn");
    bool is_note = is_item || html_find(&rest, "\"footnote-", &before);

    rest = tag;
    if (is_item && html_find(&rest, " role=", &before))
        tag = before;           /* doc-endnote: deprecated in WAI-ARIA for books, 1.1 */
    while (is_note && html_find(&tag, "\"", &before)) {
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

void fragment_finish(const struct figures *figures, const struct chapter *chapter,
                     struct span html, struct buf *out)
{
    struct span before, tag, rest;

    while (html_find(&html, "<", &before)) {
        const struct block *block = NULL;

        buf_add(out, before);
        if (span_starts(html, "<!--")) {
            skip_past(&html, "-->");
            continue;
        }
        rest = html;
        if (!html_find(&rest, ">", &tag))
            break;
        if (span_starts(tag, "<div") || span_starts(tag, "<pre"))
            block = listing_at(chapter, tag);
        if (block != NULL) {
            figure_add(figures, chapter, block, take_code(&html), out);
        } else {
            add_tag(tag, (size_t)(chapter - figures->web->chapters), out);
            html = rest;
        }
    }
    buf_add(out, html);
}

/* Contents ------------------------------------------------------------------ */

/* A slide's heading as text; `html` moves on to it. A slide without one is left
 * out of the contents. */
static bool find_title(struct span *html, struct span id, struct buf *title)
{
    struct span before, text = { 0 }, here;
    struct buf needle = { 0 };
    bool found;

    buf_addf(&needle, "<section id=\"%.*s\"", SPAN_ARG(id));
    found = html_find(html, buf_string(&needle), &before);
    buf_free(&needle);
    if (!found)
        return false;
    here = *html;
    skip_past(&here, ">");
    while (here.len > 0 && here.ptr[0] == '\n')
        here = span_skip(here, 1);
    if (!span_starts(here, "<h"))
        return false;
    skip_past(&here, ">");
    html_find(&here, "</h", &text);
    html_add_text(title, text);
    return title->len > 0;
}

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

static void add_item(struct list *list, const struct slide *slide, struct span title)
{
    begin_item(list, slide->column);
    buf_addf(list->out, "<a href=\"#%.*s\">%.*s</a>", SPAN_ARG(slide->id), SPAN_ARG(title));
}

void fragment_contents(const struct outline *outlines, size_t count, struct span slides,
                       bool columns_only, struct buf *out)
{
    struct list list = { .out = out };
    struct buf title = { 0 };

    buf_adds(out, "<ol>\n");
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < outlines[i].count; j++) {
            const struct slide *slide = &outlines[i].slides[j];

            title.len = 0;
            if ((slide->column || !columns_only) && find_title(&slides, slide->id, &title))
                add_item(&list, slide, buf_span(&title));
        }
    end_column(&list);
    buf_adds(out, "</ol>");
    buf_free(&title);
}

/* Links --------------------------------------------------------------------- */

/* Each attribute that `start` (` id="`) opens, one after the other. */
static bool next_value(struct span *html, const char *start, struct span *value)
{
    struct span before;

    if (!html_find(html, start, &before))
        return false;
    *html = span_skip(*html, strlen(start));
    return html_find(html, "\"", value);
}

/* Where a chapter links to `id`: [..](#id), or href="#id". */
static bool find_link(const struct source *source, struct span id, struct span *where)
{
    static const char *const quotes[][2] = { { "(#", ")" }, { "\"#", "\"" } };
    bool found = false;

    for (size_t i = 0; i < 2 && !found; i++) {
        struct span text = source->text, before;
        struct buf needle = { 0 };

        buf_adds(&needle, quotes[i][0]);
        buf_add(&needle, id);
        buf_adds(&needle, quotes[i][1]);
        found = html_find(&text, buf_string(&needle), &before);
        if (found)
            *where = (struct span){ text.ptr + 1, id.len + 1 };
        buf_free(&needle);
    }
    return found;
}

static void report_dead(const struct outline *outlines, size_t count, struct span id,
                        const struct table *ids, struct diags *diags)
{
    struct span where = { 0 }, near;
    size_t i = 0;

    while (i < count && !find_link(&outlines[i].chapter->source, id, &where))
        i++;
    if (i < count)
        diag_error_at(diags, &outlines[i].chapter->source, where,
                      "nothing has the id \"%.*s\"", SPAN_ARG(id));
    else
        diag_add(diags, DIAG_ERROR, (struct place){ 0 }, 0,
                 "a link leads to \"#%.*s\", and nothing has that id", SPAN_ARG(id));
    if (table_nearest(ids, id, &near))
        diag_add(diags, DIAG_NOTE, (struct place){ 0 }, 0, "did you mean \"#%.*s\"?",
                 SPAN_ARG(near));
}

/* pandoc writes other bytes than these as %E4; what they lead to is not checked. */
static bool is_plain(struct span id)
{
    return id.len > 0 && memchr(id.ptr, '%', id.len) == NULL;
}

void fragment_check_links(const struct outline *outlines, size_t count, struct span page,
                          struct table *ids, struct diags *diags)
{
    static char present;
    struct table seen = { 0 };
    struct span html = page, id;

    while (next_value(&html, " id=\"", &id))
        *table_put(ids, id) = &present;
    for (html = page; next_value(&html, " href=\"#", &id);)
        if (is_plain(id) && table_get(ids, id) == NULL && table_get(&seen, id) == NULL) {
            *table_put(&seen, id) = &present;
            report_dead(outlines, count, id, ids, diags);
        }
    table_free(&seen);
}
