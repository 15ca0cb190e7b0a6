#include "heddle/pages/code_pages.h"

#include <stdlib.h>
#include <string.h>

#include "heddle/base/escape.h"
#include "heddle/pages/finish.h"
#include "heddle/pages/ids.h"
#include "heddle/tangle/tangle.h"

/* Up from a page to the folder of all. */
static void add_way_up(struct span path, struct buf *out)
{
    for (size_t i = 0; i < path.len; i++)
        if (path.ptr[i] == '/')
            buf_adds(out, "../");
}

/* Where `id` is in the book, as a link from the page `path`. */
static void add_book_link(const struct html_files *files, struct span path, struct span id,
                          struct buf *out)
{
    buf_adds(out, "<a href=\"");
    add_way_up(path, out);
    buf_addf(out, "%.*s?view=book#%.*s\">", SPAN_ARG(html_files_name(files, id)), SPAN_ARG(id));
}

/* What an answer has of its exercise is listed there, and only there. */
static struct span listed_name(const struct part *part)
{
    return part->chunk->exercise != NULL ? part->chunk->exercise->name : part->chunk->name;
}

static void add_origin(const struct html_files *files, struct span path, const struct part *part,
                       struct buf *out)
{
    struct span name = listed_name(part);
    const char *slash = memchr(name.ptr, '/', name.len);
    struct buf id = {0};

    while (slash != NULL) { /* of a path, only the file */
        name = span_between(slash + 1, name.ptr + name.len);
        slash = memchr(name.ptr, '/', name.len);
    }
    ids_add_chunk(&id, listed_name(part), ids_part_number(part));
    add_book_link(files, path, buf_span(&id), out);
    escape_html(out, name);
    buf_adds(out, "</a>");
    buf_free(&id);
}

/* Files of code/ ------------------------------------------------------------ */

/* Only the first line of a run from one part says where it comes from, and an
 * empty line between two uses is no run. */
static void add_lines(const struct html_files *files, const struct target *target, struct span path,
                      struct buf *out)
{
    struct buf text = {0};
    size_t count;
    struct origin *origins = tangle_origins(target, &count);
    const struct part *named = NULL;
    struct span rest, line = {0};

    tangle_clean(target, &text);
    rest = buf_span(&text);
    for (size_t i = 0; i < count; i++) {
        bool begins = span_line(&rest, &line) && line.len > 0 && origins[i].part != named;

        buf_addf(out, "<p id=\"L%zu\"%s>", i + 1, begins ? " class=\"from\"" : "");
        if (begins)
            add_origin(files, path, named = origins[i].part, out);
        buf_adds(out, "<code>");
        escape_html(out, line);
        buf_adds(out, "</code></p>\n");
    }
    free(origins);
    buf_free(&text);
}

/* Chapters ------------------------------------------------------------------ */

/* Each slide's first line leads to it. */
static void add_markdown(const struct html_files *files, const struct outline *outline,
                         struct span path, struct buf *out)
{
    const struct source *source = &outline->chapter->source;
    size_t next = 0;

    for (unsigned line = 1; line <= source->line_count; line++) {
        const struct slide *slide = next < outline->count ? &outline->slides[next] : NULL;
        bool begins =
            slide != NULL && line >= (slide->heading != NULL ? slide->heading->line : slide->body);

        buf_addf(out, "<p id=\"L%u\"%s>", line, begins ? " class=\"from\"" : "");
        if (begins) {
            add_book_link(files, path, slide->id, out);
            escape_html(out, slide->id);
            buf_adds(out, "</a>");
            next++;
        }
        buf_adds(out, "<code>");
        escape_html(out, source_line(source, line));
        buf_adds(out, "</code></p>\n");
    }
}

/* Pages --------------------------------------------------------------------- */

/* The page PATH.html in the folder of all, for a file that is called `title`. */
static void write_page(const struct template *template, struct woven *out, struct span path,
                       struct span title, struct span lines)
{
    struct buf name = {0}, book = {0}, text = {0}, file = {0};

    escape_html(&name, title);
    add_way_up(path, &book);
    buf_adds(&book, "index.html");
    template_fill(template, "source.html",
                  (const struct template_value[]){
                      {"title", buf_span(&name)},
                      {"book", buf_span(&book)},
                      {"lines", lines},
                  },
                  3, &text);
    buf_addf(&file, "%.*s.html", SPAN_ARG(path));
    woven_write(out, buf_span(&file), buf_span(&text), template->diags);
    buf_free(&name);
    buf_free(&book);
    buf_free(&text);
    buf_free(&file);
}

static void write_target(const struct target *target, const struct html_files *files,
                         const struct template *template, struct woven *out)
{
    struct buf path = {0}, lines = {0};

    buf_addf(&path, "code/%.*s", SPAN_ARG(target->path));
    add_lines(files, target, buf_span(&path), &lines);
    write_page(template, out, buf_span(&path), target->path, buf_span(&lines));
    buf_free(&path);
    buf_free(&lines);
}

static void write_chapter(const struct outline *outline, const struct html_files *files,
                          const struct template *template, struct woven *out)
{
    struct span path = span_of(outline->chapter->source.path);
    struct buf lines = {0};

    if (!finish_has_source(outline->chapter->source.path))
        return;
    add_markdown(files, outline, path, &lines);
    write_page(template, out, path, path, buf_span(&lines));
    buf_free(&lines);
}

void code_pages_write(const struct web *web, const struct outline *outlines,
                      const struct html_files *files, const struct template *template,
                      struct woven *out)
{
    for (size_t i = 0; i < web->target_count; i++)
        write_target(web->targets[i], files, template, out);
    for (size_t i = 0; i < web->chapter_count; i++)
        write_chapter(&outlines[i], files, template, out);
}
