#include "heddle/read/markdown.h"

#include <limits.h>
#include <md4c.h>
#include <stdlib.h>
#include <string.h>

#include "heddle/base/array.h"
#include "heddle/read/container.h"
#include "heddle/read/quarto.h"
#include "heddle/read/unread.h"

enum {
    NEAR = 64,         /* lines; beyond, searching is faster than walking */
    INDENTED = 4,      /* CommonMark 0.30, section 4.4 */
    ITEM_LINES = 1000, /* how far back a list's mark is looked for */
};

/*
 * md4c tells what it finds in reading order, with pointers into the text but
 * without lines. `last` is how far it has come: what has no text of its own
 * (a rule, an empty block) is looked for behind it.
 */
struct reader {
    struct chapter *chapter;
    struct arena *arena;
    struct diags *diags;
    const char *begin, *end; /* the text that md4c reads, or its masked copy */
    struct hackmd_notes notes;
    size_t edge; /* of the notes: the next that becomes a div */
    const char *last;
    struct block *blocks;
    size_t block_count, block_cap;
    struct code_line *lines; /* of the code block being read */
    size_t line_count, line_cap;
    struct code_line line; /* its current line; pad counts md4c's spaces */
    unsigned nesting;      /* lists and quotes around this place */
    unsigned near_line;
    unsigned lists;    /* lists alone */
    unsigned div_line; /* divs have been looked for before this line */
    unsigned div_depth;
    bool in_code, in_html, html_begun, fence_outside;
    const char *paragraph; /* first text of the last paragraph */
    const char *paragraph_end;
    const char *heading; /* first text of the heading being read */
    bool in_heading;
    size_t link_cap, html_cap;
};

/* What md4c points to in the masked copy, in the chapter's own text. */
static const char *unmasked(const struct reader *reader, const char *text)
{
    const char *masked = reader->notes.masked;

    if (masked == NULL || text < masked || text >= masked + (reader->end - reader->begin))
        return text;
    return reader->begin + (text - masked);
}

/* The line of a byte, mostly near the last one that was asked for. */
static unsigned line_of(struct reader *reader, const char *at)
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

static struct span line_text(const struct reader *reader, unsigned line)
{
    return source_line(&reader->chapter->source, line);
}

/* A line as md4c sees it. */
static struct span seen_line(const struct reader *reader, unsigned line)
{
    struct span text = line_text(reader, line);

    if (reader->notes.masked != NULL && line >= reader->chapter->body_line)
        text.ptr = reader->notes.masked + (text.ptr - reader->begin);
    return text;
}

static struct block *add_block(struct reader *reader, enum block_kind kind, unsigned line)
{
    struct block *block = ARRAY_PUSH(reader->blocks, reader->block_count, reader->block_cap);

    *block =
        (struct block){.kind = kind, .line = line, .end_line = line, .nested = reader->nesting > 0};
    return block;
}

/* Divs --------------------------------------------------------------------- */

static void add_div(struct reader *reader, unsigned line, struct span text)
{
    struct span info = span_trim(span_skip(text, container_run(text, ':')));
    struct block *block;

    while (info.len > 0 && info.ptr[info.len - 1] == ':') /* ::: notes ::: */
        info = span_trim((struct span){info.ptr, info.len - 1});
    if (info.len == 0 && reader->div_depth == 0)
        return;
    block = add_block(reader, info.len > 0 ? BLOCK_DIV_OPEN : BLOCK_DIV_CLOSE, line);
    block->nested = false;
    block->info = info;
    block->level = info.len > 0 ? ++reader->div_depth : reader->div_depth--;
}

/* The edges of notes that stand up to this line. */
static void add_edges(struct reader *reader, unsigned line)
{
    for (; reader->edge < reader->notes.count; reader->edge++) {
        const struct hackmd_edge *edge = &reader->notes.edges[reader->edge];
        struct block *block;

        if (edge->line > line)
            return;
        block = add_block(reader, edge->opens ? BLOCK_DIV_OPEN : BLOCK_DIV_CLOSE, edge->line);
        block->nested = false;
        block->edge = edge;
        block->info = span_of(edge->opens ? "notes" : "");
        block->level = edge->opens ? ++reader->div_depth : reader->div_depth--;
    }
}

static void find_divs(struct reader *reader, unsigned until)
{
    const char *const *starts = reader->chapter->source.line_starts;

    for (unsigned line = reader->div_line; line < until; line++) {
        const char *at = starts[line - 1];
        struct span text;

        add_edges(reader, line);
        if (*at != ':' && *at != ' ')
            continue;
        text = line_text(reader, line);
        if (container_run(text, ' ') <= 3)
            text = span_trim(text);
        if (span_starts(text, ":::"))
            add_div(reader, line, text);
    }
    if (reader->div_line < until)
        reader->div_line = until;
    add_edges(reader, until - 1); /* of lines that held something else as well */
}

/* Code --------------------------------------------------------------------- */

static void end_code_line(struct reader *reader)
{
    *ARRAY_PUSH(reader->lines, reader->line_count, reader->line_cap) = reader->line;
    reader->line = (struct code_line){0};
}

/* md4c hands out a line of code as spaces, text, and a newline; only the text
 * points into the chapter. */
static void take_code(struct reader *reader, const char *text, unsigned size)
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
    raw = line_text(reader, number);
    text = line->len > 0 ? line->ptr : raw.ptr + raw.len;
    from = raw.ptr;

    column = container_width(raw, text);
    target = column >= wanted ? column - wanted : 0;
    for (column = 0; column < target && from < text; from++)
        column += *from == '\t' ? TAB_STOP - column % TAB_STOP : 1;
    *line = (struct code_line){from, (uint32_t)(text - from) + line->len, column - target};
}

/* The first line that has not been read yet. */
static unsigned next_line(struct reader *reader)
{
    unsigned line = line_of(reader, reader->last);
    bool at_start = reader->chapter->source.line_starts[line - 1] == reader->last;

    return at_start ? line : line + 1;
}

/* Where a block stands that has no text: the next line with such a fence. */
static unsigned find_fence(struct reader *reader, char fence)
{
    for (unsigned line = next_line(reader); line <= reader->chapter->source.line_count; line++)
        if (container_opens_fence(line_text(reader, line), fence))
            return line;
    return reader->chapter->source.line_count;
}

/* The lines of a code block follow each other, and the first follows the
 * fence: one text of known place is enough. */
static unsigned fence_line(struct reader *reader, const MD_BLOCK_CODE_DETAIL *detail)
{
    const char *info = unmasked(reader, detail->info.text);

    for (size_t i = 0; i < reader->line_count; i++)
        if (reader->lines[i].ptr != NULL)
            return line_of(reader, reader->lines[i].ptr) - (unsigned)i - 1;
    if (detail->info.size > 0 && info >= reader->begin && info < reader->end)
        return line_of(reader, info);
    return find_fence(reader, detail->fence_char);
}

/* Is the line to the left of the list item that the block is in? */
static bool is_left_of_item(const struct reader *reader, const struct block *block,
                            struct span closing)
{
    struct span opening = line_text(reader, block->line);
    unsigned column = container_width(opening, container_skip(opening).ptr);

    if (reader->lists == 0)
        return false;
    for (unsigned line = block->line; line > 0 && block->line - line < ITEM_LINES; line--) {
        unsigned edge = container_item_edge(seen_line(reader, line), column);

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
    struct span line = line_text(reader, block->end_line + 1), mark = container_skip(line), rest;

    if (block->end_line >= source->line_count || mark.len == 0 ||
        strchr("`~", mark.ptr[0]) == NULL || container_run(mark, mark.ptr[0]) < 3)
        return;
    rest = span_skip(mark, container_run(mark, mark.ptr[0]));
    if (reader->nesting > 0 && (!container_same(line_text(reader, block->line), line) ||
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
    struct span text = line_text(reader, block->line);

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
    struct span opening = line_text(reader, block->line);
    const char *at = memchr(opening.ptr, block->fence_char, opening.len);

    if (at != NULL)
        diag_error_at(reader->diags, &reader->chapter->source,
                      (struct span){at, block->fence_length},
                      "this fence is never closed; end it with a line %.*s",
                      (int)(block->fence_length < 20 ? block->fence_length : 20), at);
}

/* md4c 0.4.8 lets fences and HTML that are indented by four columns or more end
 * a paragraph; to CommonMark, pandoc and GitHub they go on with it. Outside of
 * lists such indentation tells; inside, the paragraph's own is the measure. */
static bool check_depth(struct reader *reader, unsigned line, const char *what)
{
    struct span text = line_text(reader, line), mark = container_skip(text);
    unsigned base = 0;

    if (reader->nesting > 0) {
        if (reader->paragraph == NULL || line_of(reader, reader->paragraph_end - 1) + 1 != line)
            return true;
        base = container_text_column(seen_line(reader, line_of(reader, reader->paragraph)));
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

    if (check_depth(reader, block->line, "fence") && !block->closed && !reader->fence_outside)
        report_unclosed(reader, block);
    if (attr_parse(&block->attrs, reader->arena, source, block->info, reader->diags) &&
        block->attrs.braces)
        attr_check_names(&block->attrs, source, reader->diags);
    if (reader->chapter->bare && !block->attrs.braces)
        attr_parse_bare(&block->attrs, reader->arena, block->info);
    quarto_take(block, source, reader->chapter->bare, reader->arena, reader->diags);
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

static void end_code(struct reader *reader, const MD_BLOCK_CODE_DETAIL *detail)
{
    bool fenced = detail->fence_char != 0;
    unsigned line = fenced || reader->line_count > 0 ? fence_line(reader, detail)
                                                     : line_of(reader, reader->last);
    struct block *block;

    find_divs(reader, line + !fenced);
    block = add_block(reader, BLOCK_CODE, line);
    block->fenced = fenced;
    block->fence_char = detail->fence_char;
    block->end_line = line + (unsigned)reader->line_count;
    keep_lines(reader, block);
    if (fenced) {
        read_fence(reader, block);
        check_fence(reader, block);
    }
    reader->div_line = block->end_line + 1;
    reader->last =
        reader->chapter->source.line_starts[block->end_line < reader->chapter->source.line_count
                                                ? block->end_line
                                                : block->end_line - 1];
    reader->in_code = false;
}

/* Headings and rules ------------------------------------------------------- */

/* Does the line satisfy `is` behind quote marks and, in lists, list marks? */
static bool holds(struct span line, bool listed, bool (*is)(struct span))
{
    for (;;) {
        struct span text = container_skip(line);
        size_t mark = listed ? container_list_mark(text) : 0;

        if (is(text))
            return true;
        if (mark == 0)
            return false;
        line = span_skip(text, mark);
    }
}

/* The line behind `last` whose text satisfies `is`; 0 when there is none. */
static unsigned find_line(struct reader *reader, bool (*is)(struct span))
{
    for (unsigned line = next_line(reader); line <= reader->chapter->source.line_count; line++)
        if (holds(seen_line(reader, line), reader->lists > 0, is))
            return line;
    return 0;
}

static bool is_rule(struct span text)
{
    size_t marks = 0;

    if (text.len == 0 || strchr("-*_", text.ptr[0]) == NULL)
        return false;
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == text.ptr[0])
            marks++;
        else if (text.ptr[i] != ' ' && text.ptr[i] != '\t')
            return false;
    }
    return marks >= 3;
}

static bool is_numbered(struct span text)
{
    return text.len > 0 && text.ptr[0] == '#';
}

static void pass_line(struct reader *reader, unsigned line)
{
    reader->last = reader->chapter->source.line_starts[line];
}

static void take_rule(struct reader *reader)
{
    unsigned line = find_line(reader, is_rule);
    struct span text;

    if (line == 0)
        return;
    if (reader->nesting == 0) {
        find_divs(reader, line);
        text = span_trim(line_text(reader, line));
        add_block(reader, BLOCK_RULE, line)->level = (unsigned)container_run(text, '-');
    }
    pass_line(reader, line);
}

/* The text between the number signs; a closing run of them is no text. */
static struct span atx_text(struct span text)
{
    struct span inner = span_trim(span_skip(text, container_run(text, '#')));
    size_t end = inner.len;

    while (end > 0 && inner.ptr[end - 1] == '#')
        end--;
    if (end == 0 || inner.ptr[end - 1] == ' ' || inner.ptr[end - 1] == '\t')
        inner.len = end;
    return span_trim(inner);
}

/* Notes that begin on a heading's first line hold the heading. */
static void add_opening_edge(struct reader *reader, unsigned line)
{
    if (reader->edge < reader->notes.count && reader->notes.edges[reader->edge].opens)
        add_edges(reader, line);
}

/* A heading's text without the notes that begin on a later line of it. */
static struct span without_notes(const struct reader *reader, struct span text)
{
    const struct source *source = &reader->chapter->source;
    const char *begin;

    if (reader->edge == reader->notes.count || !reader->notes.edges[reader->edge].opens)
        return text;
    begin = source->line_starts[reader->notes.edges[reader->edge].line - 1];
    if (begin > text.ptr && begin < text.ptr + text.len)
        text = span_trim(span_between(text.ptr, begin));
    return text;
}

/* Where a line turns into a heading's underline: at its start or, as a lone CR ends
 * a line for CommonMark, behind one; NULL when it does not. */
static const char *find_underline(struct span line, unsigned level)
{
    struct span text = span_trim(container_skip(line));
    size_t at = text.len, run;

    while (at > 0 && text.ptr[at - 1] != '\r')
        at--;
    text = span_skip(text, at);
    run = level <= 2 ? container_run(text, level == 1 ? '=' : '-') : 0;
    return run > 0 && run == text.len ? text.ptr : NULL;
}

/* A heading without text of its own, as of an image alone: the next one there is. */
static unsigned find_heading(struct reader *reader, unsigned level)
{
    unsigned first = 0;

    for (unsigned line = next_line(reader); line <= reader->chapter->source.line_count; line++) {
        struct span text = seen_line(reader, line);
        const char *underline = find_underline(text, level);

        if (holds(text, reader->lists > 0, is_numbered)) {
            pass_line(reader, line);
            return line;
        }
        if (span_trim(container_skip(text)).len == 0)
            first = 0;
        else if (first == 0)
            first = line;
        if (underline != NULL && (first < line || underline > container_skip(text).ptr)) {
            reader->last = unmasked(reader, underline) - 1;
            return first;
        }
    }
    return 0;
}

/* The line of a setext heading's underline. A lone CR ends a line for CommonMark
 * but not for editors: then it is the text's own. */
static unsigned underline_of(struct reader *reader)
{
    const char *at = reader->last;

    while (at < reader->end && *at != '\r' && *at != '\n')
        at++;
    if (reader->end - at > 1 && at[0] == '\r' && at[1] == '\n')
        at++;
    return line_of(reader, at < reader->end ? at + 1 : at);
}

static void end_heading(struct reader *reader, unsigned level)
{
    unsigned line =
        reader->heading != NULL ? line_of(reader, reader->heading) : find_heading(reader, level);
    struct span text;
    struct block *block;

    reader->in_heading = false;
    if (line == 0 || reader->nesting > 0)
        return;
    find_divs(reader, line);
    add_opening_edge(reader, line);
    text = span_trim(line_text(reader, line));
    block = add_block(reader, BLOCK_HEADING, line);
    block->level = level;
    block->info = atx_text(text);
    if (!is_numbered(text)) { /* setext: the text, then its underline */
        block->info = without_notes(reader, span_trim(span_between(text.ptr, reader->last)));
        block->end_line = underline_of(reader);
        pass_line(reader, block->end_line);
    }
    reader->div_line = block->end_line + 1;
}

/* md4c's callbacks --------------------------------------------------------- */

static int enter_block(MD_BLOCKTYPE type, void *detail, void *user)
{
    struct reader *reader = user;

    (void)detail;
    if (type != MD_BLOCK_CODE && type != MD_BLOCK_HTML)
        reader->paragraph = NULL;
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
        take_rule(reader);
    }
    return 0;
}

static int leave_block(MD_BLOCKTYPE type, void *detail, void *user)
{
    struct reader *reader = user;

    if (type == MD_BLOCK_QUOTE || type == MD_BLOCK_UL || type == MD_BLOCK_OL) {
        reader->nesting--;
        reader->lists -= type != MD_BLOCK_QUOTE;
    } else if (type == MD_BLOCK_CODE)
        end_code(reader, detail);
    else if (type == MD_BLOCK_HTML)
        reader->in_html = false;
    else if (type == MD_BLOCK_H)
        end_heading(reader, ((const MD_BLOCK_H_DETAIL *)detail)->level);
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
    const char *text = unmasked(reader, target->text);
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
    unsigned line = line_of(reader, text);

    if (!reader->html_begun) {
        check_depth(reader, line, "HTML");
        *ARRAY_PUSH_IN(reader->arena, chapter->html, chapter->html_count, reader->html_cap) =
            (struct line_range){line, line};
    }
    chapter->html[chapter->html_count - 1].last = line;
    reader->html_begun = true;
    find_divs(reader, line);
    reader->div_line = line + 1;
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

    text = unmasked(reader, text);
    if (reader->in_code) {
        take_code(reader, text, size);
    } else if (text >= reader->begin && text < reader->end) {
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

static void skip_front_matter(struct chapter *chapter)
{
    const struct source *source = &chapter->source;

    chapter->body_line = 1;
    if (!span_is(span_trim(source_line(source, 1)), "---") ||
        span_trim(source_line(source, 2)).len == 0)
        return;
    for (unsigned line = 2; line <= source->line_count; line++) {
        struct span text = span_trim(source_line(source, line));

        if (span_is(text, "---") || span_is(text, "...")) {
            chapter->front_matter =
                span_between(source->line_starts[1], source->line_starts[line - 1]);
            chapter->body_line = line + 1;
            return;
        }
    }
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
    find_divs(reader, source->line_count + 1);
    add_edges(reader, source->line_count);
}

bool markdown_read(struct chapter *chapter, struct arena *arena, const char *path, struct span text,
                   struct diags *diags)
{
    return markdown_read_as(chapter, arena, path, text, false, diags);
}

bool markdown_read_as(struct chapter *chapter, struct arena *arena, const char *path,
                      struct span text, bool bare, struct diags *diags)
{
    struct reader reader = {.chapter = chapter, .arena = arena, .diags = diags};
    size_t errors = diags->errors;

    if (span_starts(text, "\xef\xbb\xbf"))
        text = span_skip(text, 3);
    *chapter = (struct chapter){.bare = bare};
    source_init(&chapter->source, arena, path, text);
    chapter->unreadable = !check_encoding(&chapter->source, diags);
    if (chapter->unreadable)
        return false;
    skip_front_matter(chapter);
    chapter->talk = hackmd_is_talk(chapter->front_matter, &chapter->source, chapter->body_line);
    chapter->is_talk = chapter->talk.is;
    hackmd_find_notes(&reader.notes, &chapter->source, chapter->body_line, &chapter->talk, arena,
                      diags);
    mkdocs_find(&chapter->containers, &chapter->source, chapter->body_line, &reader.notes.masked,
                arena);
    reader.begin = reader.last = chapter->source.line_starts[chapter->body_line - 1];
    reader.end = text.ptr + text.len;
    reader.div_line = chapter->body_line;
    reader.near_line = 1;
    parse(&reader);
    chapter->blocks = arena_array(arena, reader.block_count, sizeof *chapter->blocks);
    chapter->block_count = reader.block_count;
    if (reader.block_count > 0)
        memcpy(chapter->blocks, reader.blocks, reader.block_count * sizeof *chapter->blocks);
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
