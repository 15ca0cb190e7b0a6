#include "heddle/pages/site.h"

#include <string.h>

#include "heddle/base/escape.h"
#include "heddle/pages/code_pages.h"
#include "heddle/pages/html_file.h"
#include "heddle/pages/index.h"
#include "heddle/pages/outcome_figure.h"

/* The front ----------------------------------------------------------------- */

static void add_title_slide(const struct site *site, struct piece *out)
{
    buf_adds(&out->html, "<section class=\"topic\">\n<section");
    piece_add_id(out, span_of("title"));
    buf_adds(&out->html, " class=\"slide front\">\n<h1>");
    escape_html(&out->html, span_of(site->title));
    buf_adds(&out->html, "</h1>\n");
    if (site->subtitle != NULL) {
        buf_adds(&out->html, "<p class=\"subtitle\">");
        escape_html(&out->html, span_of(site->subtitle));
        buf_adds(&out->html, "</p>\n");
    }
    if (site->has_slides)
        buf_addf(&out->html,
                 "<p class=\"deck-only\"><a href=\"%s?view=book\">Read it as a book</a></p>\n",
                 site->book_apart ? "book.html" : "");
    buf_adds(&out->html, "</section>\n");
}

/* What only the deck needs: a title, and an outline on a slide of its own. */
static void add_front(const struct site *site, struct piece *out)
{
    add_title_slide(site, out);
    if (!site->has_slides) {
        buf_adds(&out->html, "</section>\n");
        return;
    }
    buf_adds(&out->html, "<section");
    piece_add_id(out, span_of("outline"));
    buf_adds(&out->html, " class=\"slide deck-only\">\n<h2>Outline</h2>\n");
    finish_contents(site->outlines, site->slides, site->web->chapter_count, true, out);
    buf_adds(&out->html, "\n</section>\n</section>\n");
}

/* Indexes ------------------------------------------------------------------- */

/* Where the indexes of the other files are. */
static void add_other_indexes(const struct html_files *files, struct buf *out)
{
    unsigned links = 0;

    for (size_t i = 0; i < files->count; i++) {
        const struct html_file *file = &files->list[i];

        if (file->first == NULL || file->content->title.len == 0)
            continue;
        buf_adds(out, links++ == 0 ? "<p>More in the index of " : ", ");
        buf_addf(out, "<a href=\"%.*s#index\">%.*s</a>", SPAN_ARG(file->name),
                 SPAN_ARG(buf_span(&file->content->title)));
    }
    buf_adds(out, links > 0 ? ".</p>\n" : "");
}

static void add_index(const struct site *site, struct html_files *files, struct html_file *file)
{
    struct piece *out = &file->index;

    buf_adds(&out->html, "<section class=\"index\"");
    piece_add_id(out, span_of("index"));
    buf_adds(&out->html, ">\n<h1>Index</h1>\n");
    if (file == files->book)
        add_other_indexes(files, &out->html);
    index_write(site->web, &file->ids, out);
    buf_adds(&out->html, "</section>");
}

/* Slides that the book has not to itself have no index. What is in several
 * files is linked in the book. */
static void add_indexes(const struct site *site, struct html_files *files)
{
    for (size_t i = files->count; i-- > 0;) {
        struct html_file *file = &files->list[i];

        html_file_read_ids(files, file);
        if (file->first == NULL && file != files->book)
            continue;
        add_index(site, files, file);
        html_file_read_ids(files, file);
    }
}

/* Files --------------------------------------------------------------------- */

static void add_title(const struct site *site, const struct html_file *file, struct buf *out)
{
    if (file->first != NULL && file->content->title.len > 0) {
        buf_add(out, buf_span(&file->content->title));
        buf_adds(out, " · ");
    }
    escape_html(out, span_of(site->title));
}

/* The way back from a file to the rest of the book; from its slides to all. */
static void add_home(const struct site *site, const struct html_files *files,
                     const struct html_file *file, struct buf *out)
{
    if (file == files->book)
        return;
    buf_addf(out, "<nav class=\"home%s\" aria-label=\"Book\"><a href=\"%.*s\">",
             file->first == NULL ? " whole" : "", SPAN_ARG(files->book->name));
    if (file->first == NULL)
        buf_adds(out, "These are the slides and their notes; the book has all of it.");
    else
        escape_html(out, span_of(site->title));
    buf_adds(out, "</a></nav>");
}

/* Which file has the views that this one has not. */
static void add_views(const struct site *site, const struct html_files *files,
                      const struct html_file *file, struct buf *out)
{
    if (!site->has_slides)
        buf_adds(out, " data-only=\"book\"");
    if (site->has_play)
        buf_adds(out, " data-play");
    if (file->first != NULL)
        buf_adds(out, " data-apart");
    if (site->is_loose)
        buf_adds(out, " data-loose");
    if (site->look.len > 0)
        buf_addf(out, " data-look=\"%.*s\"", SPAN_ARG(site->look));
    if (site->transition.len > 0)
        buf_addf(out, " data-transition=\"%.*s\"", SPAN_ARG(site->transition));
    if (files->book == files->list || file->first != NULL)
        return;
    if (file == files->book)
        buf_adds(out, " data-deck=\"index.html\"");
    else
        buf_addf(out, " data-book=\"%.*s\"", SPAN_ARG(files->book->name));
}

/* What of a deck travels packed: from behind a tag, which begins so, up to an end. */
struct packed_part {
    const char *opening, *kept, *end; /* kept: what stands for the opening */
};

/*
 * Of a deck with a book beside it, what speakers say is a fifth, and outcomes behind
 * the first are a tenth; no slide shows them before a key asks for it. Pictures are a
 * seventh, and none is on the first slide, which is painted before all of the page is
 * read. They travel packed, in the slides' order, with a form feed between two, and
 * page.js puts each into its place, the next element with data-packed.
 */
static const struct packed_part packed_parts[] = {
    {"<aside class=\"notes\"", "<aside class=\"notes\"", "</aside>"},
    {OUTCOME_FIGURE_CLOSED, "<div class=\"run\"", "</div></details>"},
    {"<svg class=\"fig wide\"", "<svg class=\"fig wide\"", "</svg>"},
    {"<svg class=\"threads\"", "<svg class=\"threads\"", "</svg>"},
};

/* The first of them in the rest; `before` is what stands in front of it. */
static const struct packed_part *next_packed(struct span *rest, struct span *before)
{
    const struct packed_part *first = NULL;
    struct span left = *rest;

    for (size_t i = 0; i < sizeof packed_parts / sizeof *packed_parts; i++) {
        struct span found = *rest, begin;

        if (span_find(&found, packed_parts[i].opening, &begin) &&
            (first == NULL || begin.len < before->len)) {
            first = &packed_parts[i];
            *before = begin;
            left = span_skip(found, strlen(first->opening));
        }
    }
    *rest = left;
    return first;
}

static void pack_unseen(const struct template *template, struct buf *slides, struct buf *packed)
{
    struct span rest = buf_span(slides), before, attributes, text;
    struct buf kept = {0}, all = {0};

    for (const struct packed_part *part; (part = next_packed(&rest, &before)) != NULL;) {
        if (!span_find(&rest, ">", &attributes))
            break;
        buf_addf(&kept, "%.*s%s%.*s data-packed>", SPAN_ARG(before), part->kept,
                 SPAN_ARG(attributes));
        rest = span_skip(rest, 1);
        if (!span_find(&rest, part->end, &text))
            break;
        buf_addf(&all, "%s%.*s", all.len > 0 ? "\f" : "", SPAN_ARG(text));
    }
    buf_add(&kept, rest);
    if (all.len > 0)
        template_pack(template, "packed", buf_span(&all), packed);
    buf_free(&all);
    buf_free(slides);
    *slides = kept;
}

static void fill_file(const struct site *site, const struct template *template,
                      const struct html_files *files, const struct html_file *file,
                      const struct piece *contents, struct buf *out)
{
    enum { TITLE, VIEWS, HOME, CONTENTS, SLIDES, INDEX, REVEAL, COUNT };
    static const char *const names[COUNT] = {"title",  "views", "home",  "contents",
                                             "slides", "index", "reveal"};
    struct buf texts[COUNT] = {0};
    struct template_value values[COUNT + 1] = {{"lang", site->language}};

    add_title(site, file, &texts[TITLE]);
    add_views(site, files, file, &texts[VIEWS]);
    add_home(site, files, file, &texts[HOME]);
    html_file_link(files, file, contents, &texts[CONTENTS]);
    html_file_link(files, file, &file->slides, &texts[SLIDES]);
    html_file_link(files, file, &file->index, &texts[INDEX]);
    if (site->has_slides && file == files->list && file != files->book)
        pack_unseen(template, &texts[SLIDES], &texts[REVEAL]);
    if (site->has_slides && (file == files->list || file->first != NULL))
        template_fill(template, "reveal.html", NULL, 0, &texts[REVEAL]);
    for (size_t i = 0; i < COUNT; i++)
        values[i + 1] = (struct template_value){names[i], buf_span(&texts[i])};
    template_fill(template, "template.html", values, COUNT + 1, out);
    for (size_t i = 0; i < COUNT; i++)
        buf_free(&texts[i]);
}

static void write_file(const struct site *site, const struct template *template,
                       const struct html_files *files, const struct html_file *file,
                       const struct piece *contents)
{
    struct buf text = {0};

    fill_file(site, template, files, file, contents, &text);
    if (!diag_failed(template->diags))
        woven_write(site->out, file->name, buf_span(&text), template->diags);
    buf_free(&text);
}

void site_write(const struct site *site, const struct template *template)
{
    struct html_files files;
    struct piece contents = {0}, columns = {0}, front = {0};

    if (site->has_front)
        add_front(site, &front);
    html_files_open(&files, site->outlines, site->slides, site->web->chapter_count,
                    site->book_apart, &front);
    add_indexes(site, &files);
    html_files_check_links(&files, site->reserved,
                           site->has_slides && !site->is_loose ? DIAG_ERROR : DIAG_WARNING,
                           template->diags);
    finish_contents(site->outlines, site->slides, site->web->chapter_count, false, &contents);
    finish_contents(site->outlines, site->slides, site->web->chapter_count, true, &columns);
    for (size_t i = 0; i < files.count && !diag_failed(template->diags); i++) {
        const struct html_file *file = &files.list[i];
        bool is_deck = file->first == NULL && file != files.book; /* shows none, has an outline */

        write_file(site, template, &files, file, is_deck ? &columns : &contents);
    }
    if (!diag_failed(template->diags))
        code_pages_write(site->web, site->outlines, &files, template, site->out);
    piece_free(&contents);
    piece_free(&columns);
    piece_free(&front);
    html_files_close(&files);
}
