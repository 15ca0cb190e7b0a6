#include "heddle/pages/site.h"

#include <string.h>

#include "heddle/pages/code_pages.h"
#include "heddle/pages/finish.h"
#include "heddle/pages/html.h"
#include "heddle/pages/html_file.h"
#include "heddle/pages/index.h"

/* Slides -------------------------------------------------------------------- */

/* What only the deck needs: a title, and an outline on a slide of its own. */
static void add_front(const struct site *pages, struct span slides, struct buf *out)
{
    buf_adds(out, "<section class=\"topic\">\n<section id=\"title\" class=\"slide front\">\n<h1>");
    escape_html(out, span_of(pages->title));
    buf_adds(out, "</h1>\n");
    if (pages->subtitle != NULL) {
        buf_adds(out, "<p class=\"subtitle\">");
        escape_html(out, span_of(pages->subtitle));
        buf_adds(out, "</p>\n");
    }
    buf_addf(out,
             "<p class=\"deck-only\"><a href=\"%s?view=book\">Read it as a book</a></p>\n"
             "</section>\n<section id=\"outline\" class=\"slide deck-only\">\n<h2>Outline</h2>\n",
             pages->book_apart ? "book.html" : "");
    finish_contents(pages->outlines, pages->web->chapter_count, slides, true, out);
    buf_adds(out, "\n</section>\n</section>\n");
}

/* All slides go to their volumes, and to `all` in the order of the book. */
static void add_chapters(const struct site *pages, struct html_files *volumes, struct buf *all)
{
    struct listings figures;

    listings_open(&figures, pages->web);
    for (size_t i = 0; i < pages->web->chapter_count; i++) {
        const struct outline *outline = &pages->outlines[i];
        struct buf finished = {0};
        size_t begin = all->len;

        finish_chapter(&figures, outline->chapter, pages->html[i], &finished);
        finish_add_sources(outline, buf_span(&finished), all);
        html_files_add(volumes, outline, span_skip(buf_span(all), begin));
        buf_free(&finished);
    }
    listings_close(&figures);
}

/* Indexes ------------------------------------------------------------------- */

/* Where the indexes of the other volumes are. */
static void add_other_indexes(const struct html_files *volumes, const struct buf *all,
                              struct buf *out)
{
    struct buf title = {0};
    struct span rest = buf_span(all);
    unsigned links = 0;

    for (size_t i = 0; i < volumes->count; i++) {
        const struct html_file *volume = &volumes->list[i];

        title.len = 0;
        if (volume->first == NULL || !html_slide_title(&rest, volume->first->id, &title))
            continue;
        buf_adds(out, links++ == 0 ? "<p>More in the index of " : ", ");
        buf_addf(out, "<a href=\"%.*s#index\">%.*s</a>", SPAN_ARG(volume->file),
                 SPAN_ARG(buf_span(&title)));
    }
    buf_adds(out, links > 0 ? ".</p>\n" : "");
    buf_free(&title);
}

static void add_index(const struct site *pages, struct html_files *volumes,
                      struct html_file *volume, const struct buf *all)
{
    struct buf *out = &volume->index;

    buf_adds(out, "<section class=\"index\" id=\"index\">\n<h1>Index</h1>\n");
    if (volume == volumes->book)
        add_other_indexes(volumes, all, out);
    index_write(pages->web, &volume->ids, out);
    buf_adds(out, "</section>");
}

/* Slides that the book has not to itself have no index. What is in several
 * files is linked in the book. */
static void add_indexes(const struct site *pages, struct html_files *volumes, const struct buf *all)
{
    for (size_t i = volumes->count; i-- > 0;) {
        struct html_file *volume = &volumes->list[i];

        html_file_read_ids(volumes, volume);
        if (volume->first == NULL && volume != volumes->book)
            continue;
        add_index(pages, volumes, volume, all);
        html_file_read_ids(volumes, volume);
    }
}

/* Files --------------------------------------------------------------------- */

static void add_title(const struct site *pages, const struct html_file *volume, struct buf *out)
{
    struct span rest = buf_span(&volume->slides);

    if (volume->first != NULL && html_slide_title(&rest, volume->first->id, out))
        buf_adds(out, " · ");
    escape_html(out, span_of(pages->title));
}

/* The way back from a volume to the rest of the book; from its slides to all. */
static void add_home(const struct site *pages, const struct html_files *volumes,
                     const struct html_file *volume, struct buf *out)
{
    if (volume == volumes->book)
        return;
    buf_addf(out, "<nav class=\"home%s\" aria-label=\"Book\"><a href=\"%.*s\">",
             volume->first == NULL ? " whole" : "", SPAN_ARG(volumes->book->file));
    if (volume->first == NULL)
        buf_adds(out, "These are the slides and their notes; the book has all of it.");
    else
        escape_html(out, span_of(pages->title));
    buf_adds(out, "</a></nav>");
}

/* Which file has the views that this one has not. */
static void add_views(const struct html_files *volumes, const struct html_file *volume,
                      struct buf *out)
{
    if (volumes->book == volumes->list || volume->first != NULL)
        return;
    if (volume == volumes->book)
        buf_adds(out, " data-deck=\"index.html\"");
    else
        buf_addf(out, " data-book=\"%.*s\"", SPAN_ARG(volumes->book->file));
}

static void fill_volume(const struct site *pages, const struct template *page,
                        const struct html_files *volumes, const struct html_file *volume,
                        struct span contents, struct buf *out)
{
    enum { TITLE, VIEWS, HOME, CONTENTS, SLIDES, INDEX, REVEAL, COUNT };
    static const char *const names[COUNT] = {"title",  "views", "home",  "contents",
                                             "slides", "index", "reveal"};
    struct buf texts[COUNT] = {0};
    struct template_value values[COUNT + 1] = {{"lang", pages->language}};

    add_title(pages, volume, &texts[TITLE]);
    add_views(volumes, volume, &texts[VIEWS]);
    add_home(pages, volumes, volume, &texts[HOME]);
    html_file_link(volumes, volume, contents, &texts[CONTENTS]);
    html_file_link(volumes, volume, buf_span(&volume->slides), &texts[SLIDES]);
    html_file_link(volumes, volume, buf_span(&volume->index), &texts[INDEX]);
    if (volume == volumes->list || volume->first != NULL)
        template_fill(page, "reveal.html", NULL, 0, &texts[REVEAL]);
    for (size_t i = 0; i < COUNT; i++)
        values[i + 1] = (struct template_value){names[i], buf_span(&texts[i])};
    template_fill(page, "template.html", values, COUNT + 1, out);
    for (size_t i = 0; i < COUNT; i++)
        buf_free(&texts[i]);
}

static void write_volume(const struct site *pages, const struct template *page,
                         const struct html_files *volumes, const struct html_file *volume,
                         struct span contents)
{
    struct buf text = {0}, path = {0};

    fill_volume(pages, page, volumes, volume, contents, &text);
    buf_addf(&path, "%s/%.*s", pages->out_dir, SPAN_ARG(volume->file));
    if (!diag_failed(page->diags))
        file_replace(buf_string(&path), buf_span(&text), page->diags);
    buf_free(&text);
    buf_free(&path);
}

/* The front and the indexes, which need to know all slides. */
static void complete(const struct site *pages, struct html_files *volumes, const struct buf *all)
{
    struct buf first = {0};

    if (pages->has_front)
        add_front(pages, buf_span(all), &first);
    buf_add(&first, buf_span(&volumes->book->slides));
    buf_free(&volumes->book->slides);
    volumes->book->slides = first;
    html_files_split_book(volumes);
    add_indexes(pages, volumes, all);
}

void site_write(const struct site *pages, const struct template *page)
{
    struct html_files volumes;
    struct buf all = {0}, contents = {0};

    html_files_open(&volumes, pages->outlines, pages->web->chapter_count, pages->book_apart);
    add_chapters(pages, &volumes, &all);
    complete(pages, &volumes, &all);
    html_files_check_links(&volumes, pages->reserved, page->diags);
    finish_contents(pages->outlines, pages->web->chapter_count, buf_span(&all), false, &contents);
    for (size_t i = 0; i < volumes.count && !diag_failed(page->diags); i++)
        write_volume(pages, page, &volumes, &volumes.list[i], buf_span(&contents));
    if (!diag_failed(page->diags))
        code_pages_write(pages->web, &volumes, page, pages->out_dir);
    buf_free(&all);
    buf_free(&contents);
    html_files_close(&volumes);
}
