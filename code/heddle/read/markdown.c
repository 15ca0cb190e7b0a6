#include "heddle/read/reader.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "heddle/base/array.h"
#include "heddle/read/container.h"
#include "heddle/read/hackmd_attr.h"
#include "heddle/read/talk_separator.h"
#include "heddle/read/unread.h"

enum {
    NEAR = 64,      /* lines; beyond, searching is faster than walking */
    TITLE_PARTS = 3 /* title, authors, date */
};

const char *reader_unmasked(const struct reader *reader, const char *text)
{
    const char *masked = reader->notes.masked;

    if (masked == NULL || text < masked || text >= masked + (reader->end - reader->begin))
        return text;
    return reader->begin + (text - masked);
}

unsigned reader_line_of(struct reader *reader, const char *at)
{
    const struct source *source = &reader->chapter->source;
    const char *const *starts = source->line_starts;
    unsigned line = reader->near_line;

    if (at < starts[line - 1] || line + NEAR >= source->line_count || at >= starts[line + NEAR])
        line = source_place(source, at).line;
    else
        while (at >= starts[line])
            line++;
    return reader->near_line = line;
}

struct span reader_line(const struct reader *reader, unsigned line)
{
    return source_line(&reader->chapter->source, line);
}

struct span reader_seen_line(const struct reader *reader, unsigned line)
{
    struct span text = reader_line(reader, line);

    if (reader->notes.masked != NULL && line >= reader->chapter->body_line)
        text.ptr = reader->notes.masked + (text.ptr - reader->begin);
    return text;
}

unsigned reader_next_line(struct reader *reader)
{
    unsigned line = reader_line_of(reader, reader->last);
    bool at_start = reader->chapter->source.line_starts[line - 1] == reader->last;

    return at_start ? line : line + 1;
}

void reader_pass(struct reader *reader, unsigned line)
{
    reader->last = reader->chapter->source.line_starts[line];
}

struct block *reader_add(struct reader *reader, enum block_kind kind, unsigned line)
{
    struct block *block = ARRAY_PUSH(reader->blocks, reader->block_count, reader->block_cap);

    *block =
        (struct block){.kind = kind, .line = line, .end_line = line, .nested = reader->nesting > 0};
    return block;
}

/* md4c's callbacks --------------------------------------------------------- */

static int enter_block(MD_BLOCKTYPE type, void *detail, void *user)
{
    struct reader *reader = user;

    (void)detail;
    if (type != MD_BLOCK_CODE && type != MD_BLOCK_HTML)
        reader->paragraph = NULL;
    reader->containers += type == MD_BLOCK_QUOTE || type == MD_BLOCK_LI;
    if (type == MD_BLOCK_QUOTE || type == MD_BLOCK_UL || type == MD_BLOCK_OL) {
        reader->nesting++;
        reader->lists += type != MD_BLOCK_QUOTE;
    } else if (type == MD_BLOCK_CODE) {
        reader->in_code = true;
        reader->line_count = 0;
        reader->line = (struct code_line){0};
    } else if (type == MD_BLOCK_HTML) {
        reader->in_html = true;
        reader->html_begun = false;
    } else if (type == MD_BLOCK_H) {
        reader->in_heading = true;
        reader->heading = NULL;
    } else if (type == MD_BLOCK_HR) {
        heading_take_rule(reader);
    }
    return 0;
}

static int leave_block(MD_BLOCKTYPE type, void *detail, void *user)
{
    struct reader *reader = user;

    if (type == MD_BLOCK_QUOTE || type == MD_BLOCK_LI)
        div_end_container(reader);
    if (type == MD_BLOCK_QUOTE || type == MD_BLOCK_UL || type == MD_BLOCK_OL) {
        reader->nesting--;
        reader->lists -= type != MD_BLOCK_QUOTE;
    } else if (type == MD_BLOCK_CODE)
        code_end(reader, detail);
    else if (type == MD_BLOCK_HTML)
        reader->in_html = false;
    else if (type == MD_BLOCK_H)
        heading_end(reader, ((const MD_BLOCK_H_DETAIL *)detail)->level);
    return 0;
}

static struct link *add_link(struct reader *reader, struct span target, const char *at)
{
    struct chapter *chapter = reader->chapter;
    struct link *link =
        ARRAY_PUSH_IN(reader->arena, chapter->links, chapter->link_count, reader->link_cap);

    *link = (struct link){.target = target, .at = at};
    return link;
}

/* A target with escapes is md4c's own; its place is then that of the next text. */
static void take_target(struct reader *reader, const MD_ATTRIBUTE *target)
{
    const char *text = reader_unmasked(reader, target->text);
    bool ours = text >= reader->begin && text < reader->end;

    if (target->size == 0)
        return;
    if (!ours)
        text = arena_copy(reader->arena, text, target->size);
    add_link(reader, (struct span){text, target->size}, ours ? text : NULL);
}

static int enter_span(MD_SPANTYPE type, void *detail, void *user)
{
    if (type == MD_SPAN_A)
        take_target(user, &((const MD_SPAN_A_DETAIL *)detail)->href);
    else if (type == MD_SPAN_IMG)
        take_target(user, &((const MD_SPAN_IMG_DETAIL *)detail)->src);
    return 0;
}

static int leave_span(MD_SPANTYPE type, void *detail, void *user)
{
    (void)type;
    (void)detail;
    (void)user;
    return 0;
}

/* HackMD's ![alt](file =200x100) is text to md4c. */
static void take_sized_images(struct reader *reader, struct span text)
{
    for (; text.len > 0; text = span_skip(text, 1)) {
        struct span rest = text;
        struct hackmd_image image;

        if (hackmd_sized_image(&rest, &image))
            add_link(reader, image.address, image.address.ptr);
    }
}

/* A ::: in a comment is no div. */
static void take_html(struct reader *reader, const char *text)
{
    struct chapter *chapter = reader->chapter;
    unsigned line = reader_line_of(reader, text);

    if (!reader->html_begun) {
        code_check_depth(reader, line, "HTML");
        *ARRAY_PUSH_IN(reader->arena, chapter->html, chapter->html_count, reader->html_cap) =
            (struct line_range){line, line};
    }
    chapter->html[chapter->html_count - 1].last = line;
    reader->html_begun = true;
    div_add_edges(reader, line - 1);
}

static void take_prose(struct reader *reader, const char *text, unsigned size)
{
    struct chapter *chapter = reader->chapter;

    if (chapter->link_count > 0 && chapter->links[chapter->link_count - 1].at == NULL)
        chapter->links[chapter->link_count - 1].at = text;
    if (chapter->is_talk)
        take_sized_images(reader, (struct span){text, size});
    if (reader->paragraph == NULL)
        reader->paragraph = text;
    reader->paragraph_end = text + size;
}

static int take_text(MD_TEXTTYPE type, const MD_CHAR *text, MD_SIZE size, void *user)
{
    struct reader *reader = user;

    text = reader_unmasked(reader, text);
    if (reader->in_code) {
        code_take(reader, text, size);
    } else if (text >= reader->begin && text < reader->end) {
        if (size > (size_t)(reader->end - text)) /* md4c ends a last line that has no end */
            size = (MD_SIZE)(reader->end - text);
        if (reader->in_html)
            take_html(reader, text);
        else
            take_prose(reader, text, size);
        if (type == MD_TEXT_HTML)
            add_link(reader, (struct span){text, size}, text)->is_html = true;
        if (reader->in_heading && reader->heading == NULL)
            reader->heading = text;
        reader->last = text + size;
    }
    return 0;
}

/* The line that begins a front matter; 0: there is none. Before TOML's lines may be
 * empty, as Hugo has it. */
static unsigned find_front_matter(const struct source *source)
{
    unsigned line = 1;

    if (span_is(span_trim(source_line(source, 1)), "---"))
        return span_trim(source_line(source, 2)).len > 0;
    while (line < source->line_count && span_trim(source_line(source, line)).len == 0)
        line++;
    return span_is(span_trim(source_line(source, line)), "+++") ? line : 0;
}

/* pandoc's title block: lines with % for the title, the authors and the date, which may go on in
 * lines that begin with blanks. A line %%% or %% is another language's comment. */
static void skip_title_block(struct chapter *chapter)
{
    const struct source *source = &chapter->source;
    struct span text = source_line(source, 1);
    unsigned line = 1, parts = 0;

    if (!span_starts(text, "% ") || span_trim(text).len < 3)
        return;
    chapter->title = span_trim(span_skip(text, 1));
    for (; line <= source->line_count; line++) {
        text = source_line(source, line);
        parts += span_starts(text, "%");
        if (text.len == 0 || (text.ptr[0] != '%' && !is_blank(text.ptr[0])) || parts > TITLE_PARTS)
            break;
    }
    chapter->body_line = line;
}

static void skip_front_matter(struct chapter *chapter, struct diags *diags)
{
    const struct source *source = &chapter->source;
    unsigned first = find_front_matter(source);
    bool toml = first > 0 && span_is(span_trim(source_line(source, first)), "+++");

    chapter->body_line = 1;
    for (unsigned line = first + 1; first > 0 && line <= source->line_count; line++) {
        struct span text = span_trim(source_line(source, line));

        if (toml ? span_is(text, "+++") : span_is(text, "---") || span_is(text, "...")) {
            chapter->front_matter =
                span_between(source->line_starts[first], source->line_starts[line - 1]);
            chapter->body_line = line + 1;
            return;
        }
    }
    skip_title_block(chapter);
    /* A line --- may be a rule; this one is nothing else. */
    if (toml)
        diag_add(diags, DIAG_WARNING,
                 source_place(source, span_trim(source_line(source, first)).ptr), 3,
                 "this front matter is never closed, and is shown; end it with a line +++");
}

static bool check_encoding(const struct source *source, struct diags *diags)
{
    size_t bad = span_bad_utf8(source->text);

    if (bad == source->text.len)
        return true;
    diag_error_at(diags, source, (struct span){source->text.ptr + bad, 1},
                  source->text.ptr[bad] == '\0'
                      ? "a NUL byte; a chapter is text"
                      : "this is not UTF-8 (byte 0x%02x); save the chapter as UTF-8",
                  (unsigned char)source->text.ptr[bad]);
    return false;
}

static void parse(struct reader *reader)
{
    const MD_PARSER parser = {
        .flags = MD_DIALECT_COMMONMARK,
        .enter_block = enter_block,
        .leave_block = leave_block,
        .enter_span = enter_span,
        .leave_span = leave_span,
        .text = take_text,
    };
    const struct source *source = &reader->chapter->source;
    const char *masked = reader->notes.masked, *text = masked != NULL ? masked : reader->begin;
    size_t size = (size_t)(reader->end - reader->begin);

    if (size > UINT_MAX / 2)
        diag_system(reader->diags, "%s is too large to read: above 2 GiB", source->path);
    else if (size > 0 && md_parse(text, (MD_SIZE)size, &parser, reader) != 0)
        diag_system(reader->diags, "cannot read %s: out of memory", source->path);
    div_add_edges(reader, source->line_count);
    div_end_all(reader, source->line_count);
    free(reader->divs);
}

/* An indented block's `line` is the one before it. */
static unsigned first_line(const struct block *block)
{
    return block->line + (block->kind == BLOCK_CODE && !block->fenced);
}

/* The blocks that md4c has seen, and between them what separates slides unseen. */
static void take_blocks(struct reader *reader)
{
    const struct hackmd_notes *notes = &reader->notes;
    struct chapter *chapter = reader->chapter;
    size_t seen = 0, breaks = 0, count = reader->block_count + notes->break_count;

    chapter->blocks = arena_array(reader->arena, count, sizeof *chapter->blocks);
    for (chapter->block_count = 0; chapter->block_count < count; chapter->block_count++) {
        bool is_break = seen == reader->block_count ||
                        (breaks < notes->break_count &&
                         notes->breaks[breaks] < first_line(&reader->blocks[seen]));

        if (is_break) {
            unsigned line = notes->breaks[breaks++];

            chapter->blocks[chapter->block_count] =
                (struct block){.kind = BLOCK_RULE, .line = line, .end_line = line};
        } else {
            chapter->blocks[chapter->block_count] = reader->blocks[seen++];
        }
    }
}

bool markdown_read(struct chapter *chapter, struct arena *arena, const char *path, struct span text,
                   struct diags *diags)
{
    return markdown_read_as(chapter, arena, path, text, &(struct markdown_options){0}, diags);
}

bool markdown_read_as(struct chapter *chapter, struct arena *arena, const char *path,
                      struct span text, const struct markdown_options *options, struct diags *diags)
{
    struct reader reader = {.chapter = chapter, .arena = arena, .diags = diags};
    size_t errors = diags->errors;

    if (span_starts(text, "\xef\xbb\xbf"))
        text = span_skip(text, 3);
    *chapter = (struct chapter){.options = *options};
    source_init(&chapter->source, arena, path, text);
    chapter->unreadable = !check_encoding(&chapter->source, diags);
    if (chapter->unreadable)
        return false;
    skip_front_matter(chapter, diags);
    chapter->talk = hackmd_is_talk(chapter->front_matter, &options->settings, &chapter->source,
                                   chapter->body_line);
    chapter->is_talk = chapter->talk.is;
    talk_separators_check(&chapter->talk, chapter->front_matter, &options->settings,
                          &chapter->source, diags);
    hackmd_find_notes(&reader.notes, &chapter->source, chapter->body_line, &chapter->talk, arena,
                      diags);
    slide_heads_find(&chapter->heads, &chapter->source, chapter->body_line, &chapter->talk,
                     &reader.notes, arena);
    mkdocs_find(&chapter->containers, &chapter->source, chapter->body_line, &reader.notes.masked,
                arena);
    fenced_div_mask(&chapter->source, chapter->body_line, &reader.notes.masked, arena);
    reader.begin = reader.last = chapter->source.line_starts[chapter->body_line - 1];
    reader.end = text.ptr + text.len;
    reader.near_line = 1;
    parse(&reader);
    take_blocks(&reader);
    free(reader.blocks);
    free(reader.lines);
    unread_find(chapter, diags);
    return diags->errors == errors;
}

unsigned block_code_line(const struct block *block, size_t index)
{
    return block->line + 1 + block->header + (unsigned)index;
}

struct span code_line_span(const struct code_line *line)
{
    return (struct span){line->ptr, line->len};
}

void block_add_code(const struct block *block, struct buf *out)
{
    for (unsigned i = 0; i < block->line_count; i++) {
        buf_fill(out, ' ', block->lines[i].pad);
        buf_add(out, code_line_span(&block->lines[i]));
        buf_addc(out, '\n');
    }
}
