#include "sources.h"

#include <stdlib.h>
#include <string.h>

#include "html.h"
#include "tangle.h"

static void add_origin(const struct part *part, struct span book, struct buf *out)
{
    struct span name = part->chunk->name;
    const char *slash = memchr(name.ptr, '/', name.len);

    while (slash != NULL) {                 /* of a path, only the file */
        name = span_between(slash + 1, name.ptr + name.len);
        slash = memchr(name.ptr, '/', name.len);
    }
    buf_addf(out, "<a href=\"%.*s?view=book#", SPAN_ARG(book));
    html_add_chunk_id(out, part->chunk->name, html_part_number(part));
    buf_adds(out, "\">");
    html_add(out, name);
    buf_adds(out, "</a>");
}

/* Only the first line of a run from one part says where it comes from, and an
 * empty line between two uses is no run. */
static void add_lines(const struct target *target, struct span book, struct buf *out)
{
    struct buf text = { 0 };
    size_t count;
    struct origin *origins = tangle_origins(target, &count);
    const struct part *named = NULL;
    struct span rest, line = { 0 };

    tangle_clean(target, &text);
    rest = buf_span(&text);
    for (size_t i = 0; i < count; i++) {
        bool begins = span_line(&rest, &line) && line.len > 0 && origins[i].part != named;

        buf_addf(out, "<p id=\"L%zu\"%s>", i + 1, begins ? " class=\"from\"" : "");
        if (begins)
            add_origin(named = origins[i].part, book, out);
        buf_adds(out, "<code>");
        html_add(out, line);
        buf_adds(out, "</code></p>\n");
    }
    free(origins);
    buf_free(&text);
}

/* From code/lib/queue.c.html up to index.html. */
static void add_way_up(struct span path, struct buf *out)
{
    buf_adds(out, "../");
    for (size_t i = 0; i < path.len; i++)
        if (path.ptr[i] == '/')
            buf_adds(out, "../");
    buf_adds(out, "index.html");
}

static void write_source(const struct target *target, const struct page *page, const char *out_dir)
{
    struct buf title = { 0 }, book = { 0 }, lines = { 0 }, text = { 0 }, path = { 0 };

    html_add(&title, target->path);
    add_way_up(target->path, &book);
    add_lines(target, buf_span(&book), &lines);
    page_fill(page, "source.html", (const struct page_value[]){
        { "title", buf_span(&title) },
        { "book", buf_span(&book) },
        { "lines", buf_span(&lines) },
    }, 3, &text);
    buf_addf(&path, "%s/code/%.*s.html", out_dir, SPAN_ARG(target->path));
    file_replace(buf_string(&path), buf_span(&text), page->diags);
    buf_free(&title);
    buf_free(&book);
    buf_free(&lines);
    buf_free(&text);
    buf_free(&path);
}

void sources_write(const struct web *web, const struct page *page, const char *out_dir)
{
    for (size_t i = 0; i < web->target_count; i++)
        write_source(web->targets[i], page, out_dir);
}
