#include "heddle/pages/html_file.h"

#include <string.h>

#include "heddle/base/escape.h"

/* Which files --------------------------------------------------------------- */

static bool begins_file(const struct slide *slide)
{
    return outline_slide_has(slide, "apart");
}

static size_t count_files(const struct outline *outlines, size_t count)
{
    size_t files = 1;

    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < outlines[i].count; j++)
            files += begins_file(&outlines[i].slides[j]);
    return files;
}

/* The slide's id is free to hold a slash, a file's name is not. */
static struct span name_of(struct arena *arena, const struct slide *first)
{
    struct buf name = {0};

    for (size_t i = 0; i < first->id.len; i++)
        buf_addc(&name, first->id.ptr[i] == '/' ? '-' : first->id.ptr[i]);
    buf_adds(&name, ".html");
    return buf_take(&name, arena);
}

static void add_file(struct html_files *files, struct span name, const struct slide *first,
                     const struct finished *content)
{
    files->list[files->count++] =
        (struct html_file){.name = name, .first = first, .content = content};
}

/* The file that begins with this slide, or else the book. */
static struct html_file *file_of(struct html_files *files, const struct slide *first)
{
    for (size_t i = 1; i < files->count; i++)
        if (files->list[i].first == first)
            return &files->list[i];
    return files->book;
}

/* Slides -------------------------------------------------------------------- */

/* Where it would have stood, the book says where it is. */
static void add_stub(struct html_file *from, const struct slide *slide,
                     const struct finished *content)
{
    struct piece *out = &from->slides;
    int level = slide->column ? 1 : 2;

    if (content->title.len == 0)
        return;
    buf_addf(&out->html, "<div class=\"elsewhere\"><h%d>", level);
    piece_add_link(out, slide->id);
    buf_add(&out->html, buf_span(&content->title));
    buf_addf(&out->html, "</a></h%d>\n<p>This part has a page of its own.</p></div>\n", level);
}

static void add_slide(struct html_file *file, const struct finished *content)
{
    piece_append(&file->slides, &content->html, PIECE_FOR_BOTH);
}

static void begin_column(struct html_file *file)
{
    buf_adds(&file->slides.html, "<section class=\"topic\">\n");
}

static void end_column(struct html_file *file)
{
    buf_adds(&file->slides.html, "</section>\n");
}

/* A column of `count` slides, of which some may stand apart. */
static void add_column(struct html_files *files, const struct slide *slides,
                       const struct finished *contents, size_t count)
{
    struct html_file *file = file_of(files, slides);

    if (file->first != NULL)
        add_stub(files->book, slides, contents);
    begin_column(file);
    add_slide(file, contents);
    for (size_t i = 1; i < count; i++) {
        struct html_file *apart = file_of(files, &slides[i]);

        if (apart->first == NULL) {
            add_slide(file, &contents[i]);
            continue;
        }
        add_stub(file, &slides[i], &contents[i]);
        begin_column(apart);
        add_slide(apart, &contents[i]);
        end_column(apart);
    }
    end_column(file);
}

static void add_chapter(struct html_files *files, const struct outline *outline,
                        const struct finished *slides)
{
    for (size_t i = 0, next; i < outline->count; i = next) {
        for (next = i + 1; next < outline->count && !outline->slides[next].column;)
            next++;
        add_column(files, &outline->slides[i], &slides[i], next - i);
    }
}

static void add_files(struct html_files *files, const struct outline *outline,
                      const struct finished *slides)
{
    for (size_t i = 0; i < outline->count; i++)
        if (begins_file(&outline->slides[i]))
            add_file(files, name_of(&files->arena, &outline->slides[i]), &outline->slides[i],
                     &slides[i]);
}

/* The slides go to one file and the text to another. */
static void part_book(struct html_files *files)
{
    struct piece all = files->book->slides;

    files->book->slides = (struct piece){0};
    piece_append(&files->list[0].slides, &all, PIECE_FOR_DECK);
    piece_append(&files->book->slides, &all, PIECE_FOR_BOOK);
    piece_free(&all);
}

void html_files_open(struct html_files *files, const struct outline *outlines,
                     struct finished *const *slides, size_t count, bool book_apart,
                     const struct piece *front)
{
    *files = (struct html_files){0};
    files->list =
        arena_array(&files->arena, count_files(outlines, count) + book_apart, sizeof *files->list);
    add_file(files, span_of("index.html"), NULL, NULL);
    if (book_apart)
        add_file(files, span_of("book.html"), NULL, NULL);
    files->book = &files->list[book_apart];
    for (size_t i = 0; i < count; i++)
        add_files(files, &outlines[i], slides[i]);
    piece_append(&files->book->slides, front, PIECE_FOR_BOTH);
    for (size_t i = 0; i < count; i++)
        add_chapter(files, &outlines[i], slides[i]);
    if (book_apart)
        part_book(files);
}

void html_files_close(struct html_files *files)
{
    for (size_t i = 0; i < files->count; i++) {
        piece_free(&files->list[i].slides);
        piece_free(&files->list[i].index);
        table_free(&files->list[i].ids);
    }
    table_free(&files->by_id);
    arena_free(&files->arena);
}

/* Links --------------------------------------------------------------------- */

static void read_ids(struct html_files *files, struct html_file *file, const struct piece *piece)
{
    for (size_t i = 0; i < piece->count; i++) {
        struct span id = piece_marked(piece, &piece->marks[i]);

        if (piece->marks[i].kind != MARK_ID)
            continue;
        *table_put(&file->ids, id) = file;
        if (table_get(&files->by_id, id) == NULL)
            *table_put(&files->by_id, id) = file;
    }
}

void html_file_read_ids(struct html_files *files, struct html_file *file)
{
    read_ids(files, file, &file->slides);
    read_ids(files, file, &file->index);
}

struct span html_files_name(const struct html_files *files, struct span id)
{
    const struct html_file *file = table_get(&files->by_id, id);

    return (file != NULL ? file : files->book)->name;
}

/* What a table has for an id as a link has it: pandoc writes %C3 for what is not
 * ASCII. */
static void *find_id(const struct table *table, struct span link)
{
    struct buf id = {0};
    void *found = table_get(table, link);

    if (found == NULL && link.len > 0 && memchr(link.ptr, '%', link.len) != NULL) {
        escape_undo_percent(&id, link);
        found = table_get(table, buf_span(&id));
        buf_free(&id);
    }
    return found;
}

void html_file_link(const struct html_files *files, const struct html_file *file,
                    const struct piece *piece, struct buf *out)
{
    size_t at = 0;

    for (size_t i = 0; i < piece->count; i++) {
        const struct mark *mark = &piece->marks[i];
        struct span id = piece_marked(piece, mark);
        const struct html_file *there;

        if (mark->kind != MARK_LINK || find_id(&file->ids, id) != NULL)
            continue;
        there = find_id(&files->by_id, id);
        if (there == NULL)
            continue;
        buf_add(out, span_between(piece->html.ptr + at, id.ptr - 1));
        buf_add(out, there->name);
        at = mark->at - 1; /* its # */
    }
    buf_add(out, span_skip(buf_span(&piece->html), at));
}

/* Dead links ---------------------------------------------------------------- */

static void report_dead(const struct html_files *files, const struct mark *mark, struct span link,
                        enum diag_level level, struct diags *diags)
{
    struct buf id = {0};
    struct span near;

    escape_undo_percent(&id, link);
    if (mark->source != NULL)
        diag_add(diags, level, source_place(mark->source, mark->origin.ptr),
                 (unsigned)span_width(mark->origin), "nothing has the id \"%.*s\"",
                 SPAN_ARG(buf_span(&id)));
    else
        diag_add(diags, level, (struct place){0}, 0,
                 "a link leads to \"#%.*s\", and nothing has that id", SPAN_ARG(buf_span(&id)));
    if (table_nearest(&files->by_id, buf_span(&id), &near))
        diag_note(diags, "did you mean \"#%.*s\"?", SPAN_ARG(near));
    buf_free(&id);
}

/* `seen` are places that have been reported: what leads to one definition
 * [name]: #id is wrong once. */
static void check_links(const struct html_files *files, const struct table *reserved,
                        const struct piece *piece, struct table *seen, enum diag_level level,
                        struct diags *diags)
{
    for (size_t i = 0; i < piece->count; i++) {
        const struct mark *mark = &piece->marks[i];
        struct span id = piece_marked(piece, mark), key;
        void **slot;

        if (mark->kind != MARK_LINK || id.len == 0 || find_id(&files->by_id, id) != NULL ||
            find_id(reserved, id) != NULL)
            continue;
        key = (struct span){(const char *)&mark->origin.ptr, sizeof mark->origin.ptr};
        slot = table_put(seen, mark->source != NULL ? key : id);
        if (*slot == NULL)
            report_dead(files, mark, id, level, diags);
        *slot = seen;
    }
}

/* What index.html shares with book.html is in the latter. */
void html_files_check_links(const struct html_files *files, const struct table *reserved,
                            enum diag_level level, struct diags *diags)
{
    struct table seen = {0};

    for (struct html_file *file = files->book; file < files->list + files->count; file++) {
        check_links(files, reserved, &file->slides, &seen, level, diags);
        check_links(files, reserved, &file->index, &seen, level, diags);
    }
    table_free(&seen);
}
