#include "heddle/pages/html_file.h"

#include <string.h>

#include "heddle/pages/html.h"

static const char topic[] = "<section class=\"topic";

/* Which volumes ------------------------------------------------------------- */

static bool begins_volume(const struct slide *slide)
{
    return outline_slide_has(slide, "apart");
}

static size_t count_volumes(const struct outline *outlines, size_t count)
{
    size_t volumes = 1;

    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < outlines[i].count; j++)
            volumes += begins_volume(&outlines[i].slides[j]);
    return volumes;
}

/* The slide's id is free to hold a slash, a file's name is not. */
static struct span file_of(struct arena *arena, const struct slide *first)
{
    struct buf name = {0};
    struct span file;

    for (size_t i = 0; i < first->id.len; i++)
        buf_addc(&name, first->id.ptr[i] == '/' ? '-' : first->id.ptr[i]);
    buf_adds(&name, ".html");
    file = (struct span){arena_copy(arena, name.ptr, name.len), name.len};
    buf_free(&name);
    return file;
}

static void add_volume(struct html_files *volumes, struct span file, const struct slide *first)
{
    volumes->list[volumes->count++] = (struct html_file){.file = file, .first = first};
}

void html_files_open(struct html_files *volumes, const struct outline *outlines, size_t count,
                     bool book_apart)
{
    size_t most = count_volumes(outlines, count) + book_apart;

    *volumes = (struct html_files){.outlines = outlines, .outline_count = count};
    volumes->list = arena_array(&volumes->arena, most, sizeof *volumes->list);
    add_volume(volumes, span_of("index.html"), NULL);
    if (book_apart)
        add_volume(volumes, span_of("book.html"), NULL);
    volumes->book = &volumes->list[book_apart];
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < outlines[i].count; j++)
            if (begins_volume(&outlines[i].slides[j]))
                add_volume(volumes, file_of(&volumes->arena, &outlines[i].slides[j]),
                           &outlines[i].slides[j]);
}

void html_files_close(struct html_files *volumes)
{
    for (size_t i = 0; i < volumes->count; i++) {
        buf_free(&volumes->list[i].slides);
        buf_free(&volumes->list[i].index);
        table_free(&volumes->list[i].ids);
    }
    table_free(&volumes->files);
    arena_free(&volumes->arena);
}

/* Slides -------------------------------------------------------------------- */

static struct html_file *volume_of(struct html_files *volumes, const struct slide *first)
{
    for (size_t i = 1; i < volumes->count; i++)
        if (volumes->list[i].first == first)
            return &volumes->list[i];
    return volumes->book;
}

/* Where it would have stood, the book says where it is. */
static void add_stub(struct html_file *from, const struct slide *slide, struct span html)
{
    struct buf title = {0};
    int level = slide->column ? 1 : 2;

    if (html_slide_title(&html, slide->id, &title))
        buf_addf(&from->slides,
                 "<div class=\"elsewhere\"><h%d><a href=\"#%.*s\">%.*s</a></h%d>\n"
                 "<p>This part has a page of its own.</p></div>\n",
                 level, SPAN_ARG(slide->id), SPAN_ARG(buf_span(&title)), level);
    buf_free(&title);
}

/* Cut the slide out of its column: what is before it, and it; `html` is left at
 * what follows. The last one ends where the column's own tag closes. */
static bool cut_slide(struct span *html, const struct slide *slide, const struct slide *next,
                      struct span *before, struct span *piece)
{
    struct span rest;

    if (!html_find_slide(html, slide->id, before))
        return false;
    rest = span_skip(*html, 1);
    if (next != NULL && html_find_slide(&rest, next->id, piece)) {
        *piece = span_between(html->ptr, rest.ptr);
    } else {
        const char *end = html->ptr + html->len;

        while (end > html->ptr &&
               !span_starts(span_between(end, html->ptr + html->len), "</section>"))
            end--;
        *piece = span_between(html->ptr, end);
    }
    *html = span_skip(*html, piece->len);
    return true;
}

/* A column of `count` slides, of which some may stand apart. */
static void add_column(struct html_files *volumes, const struct slide *slides, size_t count,
                       struct span html)
{
    struct html_file *volume = volume_of(volumes, slides);
    struct span before, piece;

    if (volume->first != NULL)
        add_stub(volumes->book, slides, html);
    for (size_t i = 1; i < count; i++) {
        struct html_file *apart = volume_of(volumes, &slides[i]);

        if (apart->first == NULL ||
            !cut_slide(&html, &slides[i], i + 1 < count ? &slides[i + 1] : NULL, &before, &piece))
            continue;
        buf_add(&volume->slides, before);
        add_stub(volume, &slides[i], piece);
        buf_addf(&apart->slides, "%s\">\n%.*s</section>\n", topic, SPAN_ARG(piece));
    }
    buf_add(&volume->slides, html);
}

void html_files_add(struct html_files *volumes, const struct outline *outline, struct span html)
{
    struct span before = {0};

    span_find(&html, topic, &before);
    buf_add(&volumes->book->slides, before);
    for (size_t i = 0, next; i < outline->count; i = next) {
        struct span rest = span_skip(html, 1), column = html;

        for (next = i + 1; next < outline->count && !outline->slides[next].column;)
            next++;
        if (span_find(&rest, topic, &before))
            column.len = (size_t)(rest.ptr - html.ptr);
        add_column(volumes, &outline->slides[i], next - i, column);
        html = span_skip(html, column.len);
    }
}

/* What is in the book alone, and what leads to its sources. */
void html_files_split_book(struct html_files *volumes)
{
    struct buf shown = {0};

    if (volumes->book == volumes->list)
        return;
    html_add_without(&shown, buf_span(&volumes->book->slides), "book");
    html_add_without(&volumes->list[0].slides, buf_span(&shown), "source");
    buf_free(&shown);
}

/* Links --------------------------------------------------------------------- */

/* Each attribute that `start` (` id="`) opens, one after the other. */
static bool next_value(struct span *html, const char *start, struct span *value)
{
    struct span before;

    if (!span_find(html, start, &before))
        return false;
    *html = span_skip(*html, strlen(start));
    return span_find(html, "\"", value);
}

static void read_ids(struct html_files *volumes, struct html_file *volume, struct span html)
{
    for (struct span id; next_value(&html, " id=\"", &id);) {
        *table_put(&volume->ids, id) = volume;
        if (table_get(&volumes->files, id) == NULL)
            *table_put(&volumes->files, id) = volume;
    }
}

void html_file_read_ids(struct html_files *volumes, struct html_file *volume)
{
    read_ids(volumes, volume, buf_span(&volume->slides));
    read_ids(volumes, volume, buf_span(&volume->index));
}

struct span html_files_file(const struct html_files *volumes, struct span id)
{
    const struct html_file *volume = table_get(&volumes->files, id);

    return (volume != NULL ? volume : volumes->book)->file;
}

/* pandoc writes other bytes than these as %E4. */
static bool is_plain(struct span id)
{
    return id.len > 0 && memchr(id.ptr, '%', id.len) == NULL;
}

/* The volume that an id as a link has it leads to, or NULL. */
static const struct html_file *find_volume(const struct html_files *volumes, struct span link)
{
    struct buf id = {0};
    const struct html_file *volume;

    if (is_plain(link))
        return table_get(&volumes->files, link);
    escape_undo_percent(&id, link);
    volume = table_get(&volumes->files, buf_span(&id));
    buf_free(&id);
    return volume;
}

void html_file_link(const struct html_files *volumes, const struct html_file *volume,
                    struct span html, struct buf *out)
{
    static const char start[] = " href=\"#";
    struct span before, id;

    while (span_find(&html, start, &before)) {
        struct span rest = span_skip(html, strlen(start));
        const struct html_file *there;

        buf_add(out, before);
        if (!span_find(&rest, "\"", &id))
            break;
        there = table_get(&volume->ids, id) == NULL ? find_volume(volumes, id) : volume;
        buf_adds(out, " href=\"");
        if (there != NULL && there != volume)
            buf_add(out, there->file);
        buf_addf(out, "#%.*s", SPAN_ARG(id));
        html = rest;
    }
    buf_add(out, html);
}

/* Dead links ---------------------------------------------------------------- */

/* Where a chapter links to `id`: [..](#id), or href="#id". */
static bool find_link(const struct source *source, struct span id, struct span *where)
{
    static const char *const quotes[][2] = {{"(#", ")"}, {"\"#", "\""}};
    bool found = false;

    for (size_t i = 0; i < 2 && !found; i++) {
        struct span text = source->text, before;
        struct buf needle = {0};

        buf_adds(&needle, quotes[i][0]);
        buf_add(&needle, id);
        buf_adds(&needle, quotes[i][1]);
        found = span_find(&text, buf_string(&needle), &before);
        if (found)
            *where = (struct span){text.ptr + 1, id.len + 1};
        buf_free(&needle);
    }
    return found;
}

static void report_dead(const struct html_files *volumes, struct span id, struct diags *diags)
{
    struct span where = {0}, near;
    size_t i = 0;

    while (i < volumes->outline_count &&
           !find_link(&volumes->outlines[i].chapter->source, id, &where))
        i++;
    if (i < volumes->outline_count)
        diag_error_at(diags, &volumes->outlines[i].chapter->source, where,
                      "nothing has the id \"%.*s\"", SPAN_ARG(id));
    else
        diag_add(diags, DIAG_ERROR, (struct place){0}, 0,
                 "a link leads to \"#%.*s\", and nothing has that id", SPAN_ARG(id));
    if (table_nearest(&volumes->files, id, &near))
        diag_add(diags, DIAG_NOTE, (struct place){0}, 0, "did you mean \"#%.*s\"?", SPAN_ARG(near));
}

static void check_links(const struct html_files *volumes, const struct table *reserved,
                        struct span html, struct table *seen, struct diags *diags)
{
    static char present;

    for (struct span id; next_value(&html, " href=\"#", &id);)
        if (is_plain(id) && table_get(&volumes->files, id) == NULL &&
            table_get(reserved, id) == NULL && table_get(seen, id) == NULL) {
            *table_put(seen, id) = &present;
            report_dead(volumes, id, diags);
        }
}

void html_files_check_links(const struct html_files *volumes, const struct table *reserved,
                            struct diags *diags)
{
    struct table seen = {0};

    for (size_t i = 0; i < volumes->count; i++) {
        check_links(volumes, reserved, buf_span(&volumes->list[i].slides), &seen, diags);
        check_links(volumes, reserved, buf_span(&volumes->list[i].index), &seen, diags);
    }
    table_free(&seen);
}
