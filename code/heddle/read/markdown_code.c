/*
 * Code: where its fences stand, what they say, and its lines with their own blanks.
 */
#include <string.h>

#include "heddle/base/array.h"
#include "heddle/read/container.h"
#include "heddle/read/quarto.h"
#include "heddle/read/reader.h"

enum {
    INDENTED = 4,      /* CommonMark 0.30, section 4.4 */
    ITEM_LINES = 1000, /* how far back a list's mark is looked for */
};

static void end_code_line(struct reader *reader)
{
    *ARRAY_PUSH(reader->lines, reader->line_count, reader->line_cap) = reader->line;
    reader->line = (struct code_line){0};
}

void code_take(struct reader *reader, const char *text, unsigned size)
{
    if (text >= reader->begin && text < reader->end) {
        reader->line.ptr = text;
        reader->line.len = size;
        reader->last = text + size;
    } else if (text[0] == '\n') {
        end_code_line(reader);
    } else {
        reader->line.pad += size;
    }
}

static bool all_spaces(const char *text, size_t len)
{
    while (len > 0 && text[len - 1] == ' ')
        len--;
    return len == 0;
}

/* md4c turns the tabs before a line's text into spaces. Take them back from
 * the chapter; only what a cut tab leaves over stays as padding. */
static void restore_blanks(const struct reader *reader, struct code_line *line, unsigned number)
{
    struct span raw;
    const char *text, *from;
    unsigned column = 0, target = 0, wanted = line->pad;
    const char *begin = reader->chapter->source.line_starts[number - 1];

    if (line->len > 0 && begin + wanted <= line->ptr && all_spaces(line->ptr - wanted, wanted)) {
        *line = (struct code_line){line->ptr - wanted, line->len + wanted, 0};
        return;
    }
    raw = reader_line(reader, number);
    text = line->len > 0 ? line->ptr : raw.ptr + raw.len;
    from = raw.ptr;

    column = container_width(raw, text);
    target = column >= wanted ? column - wanted : 0;
    for (column = 0; column < target && from < text; from++)
        column += *from == '\t' ? TAB_STOP - column % TAB_STOP : 1;
    *line = (struct code_line){from, (uint32_t)(text - from) + line->len, column - target};
}

/* Where a block stands that has no text: the next line with such a fence. */
static unsigned find_fence(struct reader *reader, char fence)
{
    for (unsigned line = reader_next_line(reader); line <= reader->chapter->source.line_count;
         line++)
        if (container_opens_fence(reader_line(reader, line), fence))
            return line;
    return reader->chapter->source.line_count;
}

/* The lines of a code block follow each other, and the first follows the
 * fence: one text of known place is enough. */
static unsigned fence_line(struct reader *reader, const MD_BLOCK_CODE_DETAIL *detail)
{
    const char *info = reader_unmasked(reader, detail->info.text);

    for (size_t i = 0; i < reader->line_count; i++)
        if (reader->lines[i].ptr != NULL)
            return reader_line_of(reader, reader->lines[i].ptr) - (unsigned)i - 1;
    if (detail->info.size > 0 && info >= reader->begin && info < reader->end)
        return reader_line_of(reader, info);
    return find_fence(reader, detail->fence_char);
}

/* Is the line to the left of the list item that the block is in? */
static bool is_left_of_item(const struct reader *reader, const struct block *block,
                            struct span closing)
{
    struct span opening = reader_line(reader, block->line);
    unsigned column = container_width(opening, container_skip(opening).ptr);

    if (reader->lists == 0)
        return false;
    for (unsigned line = block->line; line > 0 && block->line - line < ITEM_LINES; line--) {
        unsigned edge = container_item_edge(reader_seen_line(reader, line), column);

        if (edge > 0)
            return container_width(closing, container_skip(closing).ptr) < edge;
    }
    return false;
}

/* The line behind a block's last one closes it, or, outside of the list or
 * quote that the block is in, seems to: CommonMark sees another block open
 * there, md4c 0.4.8 drops the line. */
static void read_closing(struct reader *reader, struct block *block)
{
    const struct source *source = &reader->chapter->source;
    struct span line = reader_line(reader, block->end_line + 1), mark = container_skip(line), rest;

    if (block->end_line >= source->line_count || mark.len == 0 ||
        strchr("`~", mark.ptr[0]) == NULL || container_run(mark, mark.ptr[0]) < 3)
        return;
    rest = span_skip(mark, container_run(mark, mark.ptr[0]));
    if (reader->nesting > 0 && (!container_same(reader_line(reader, block->line), line) ||
                                is_left_of_item(reader, block, line))) {
        diag_error_at(reader->diags, source, span_trim(mark),
                      "this fence stands outside of the list or quote in which line %u opens one",
                      block->line);
        reader->fence_outside = true;
        block->end_line++;
    } else if (container_run(mark, block->fence_char) >= block->fence_length &&
               span_trim(rest).len == 0) {
        block->closed = true;
        block->end_line++;
    }
}

static void read_fence(struct reader *reader, struct block *block)
{
    struct span text = reader_line(reader, block->line);

    while (text.len > 0 &&
           (text.ptr[0] != block->fence_char || container_run(text, block->fence_char) < 3))
        text = span_skip(text, 1);
    block->fence_length = (unsigned)container_run(text, block->fence_char);
    block->info = span_trim(span_skip(text, block->fence_length));
    reader->fence_outside = false;
    read_closing(reader, block);
}

static void report_unclosed(const struct reader *reader, const struct block *block)
{
    struct span opening = reader_line(reader, block->line);
    const char *at = memchr(opening.ptr, block->fence_char, opening.len);

    if (at != NULL)
        diag_error_at(reader->diags, &reader->chapter->source,
                      (struct span){at, block->fence_length},
                      "this fence is never closed; end it with a line %.*s",
                      (int)(block->fence_length < 20 ? block->fence_length : 20), at);
}

bool code_check_depth(struct reader *reader, unsigned line, const char *what)
{
    struct span text = reader_line(reader, line), mark = container_skip(text);
    unsigned base = 0;

    if (reader->nesting > 0) {
        if (reader->paragraph == NULL ||
            reader_line_of(reader, reader->paragraph_end - 1) + 1 != line)
            return true;
        base = container_text_column(
            reader_seen_line(reader, reader_line_of(reader, reader->paragraph)));
    }
    if (container_width(text, mark.ptr) < base + INDENTED)
        return true;
    diag_error_at(reader->diags, &reader->chapter->source, mark,
                  "this %s goes on with the paragraph above; indent it less, "
                  "or put a blank line before it",
                  what);
    return false;
}

static void check_fence(struct reader *reader, struct block *block)
{
    const struct source *source = &reader->chapter->source;

    if (code_check_depth(reader, block->line, "fence") && !block->closed && !reader->fence_outside)
        report_unclosed(reader, block);
    if (attr_parse(&block->attrs, reader->arena, source, block->info, reader->diags) &&
        block->attrs.braces)
        attr_check_names(&block->attrs, source, reader->diags);
    if (reader->chapter->options.bare && !block->attrs.braces)
        attr_parse_bare(&block->attrs, reader->arena, block->info);
    quarto_take(block, source, reader->chapter->options.bare, reader->arena, reader->diags);
}

static void keep_lines(struct reader *reader, struct block *block)
{
    block->line_count = (unsigned)reader->line_count;
    block->lines = arena_array(reader->arena, reader->line_count, sizeof *block->lines);
    for (unsigned i = 0; i < block->line_count; i++) {
        block->lines[i] = reader->lines[i];
        restore_blanks(reader, &block->lines[i], block->line + 1 + i);
    }
}

void code_end(struct reader *reader, const MD_BLOCK_CODE_DETAIL *detail)
{
    bool fenced = detail->fence_char != 0;
    unsigned line = fenced || reader->line_count > 0 ? fence_line(reader, detail)
                                                     : reader_line_of(reader, reader->last);
    struct block *block;

    div_add_edges(reader, line + !fenced - 1);
    block = reader_add(reader, BLOCK_CODE, line);
    block->fenced = fenced;
    block->fence_char = detail->fence_char;
    block->end_line = line + (unsigned)reader->line_count;
    keep_lines(reader, block);
    if (fenced) {
        read_fence(reader, block);
        check_fence(reader, block);
    }
    reader->last =
        reader->chapter->source.line_starts[block->end_line < reader->chapter->source.line_count
                                                ? block->end_line
                                                : block->end_line - 1];
    reader->in_code = false;
}
