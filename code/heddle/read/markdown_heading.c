/*
 * Headings and rules: of some, md4c does not say where they stand.
 */
#include <string.h>

#include "heddle/read/container.h"
#include "heddle/read/reader.h"
#include "heddle/read/talk_separator.h"

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
    for (unsigned line = reader_next_line(reader); line <= reader->chapter->source.line_count;
         line++)
        if (holds(reader_seen_line(reader, line), reader->lists > 0, is))
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

void heading_take_rule(struct reader *reader)
{
    const struct chapter *chapter = reader->chapter;
    unsigned line = find_line(reader, is_rule);
    struct fenced_div div;

    if (line == 0)
        return;
    div_add_edges(reader, line - 1);
    if (fenced_div_read(reader_line(reader, line), &div)) {
        div_take(reader, line, &div);
    } else if (reader->nesting == 0) {
        if (chapter->is_talk && hackmd_separator(&chapter->talk, &chapter->source, line) > 0)
            div_end_all(reader, line - 1);
        reader_add(reader, BLOCK_RULE, line)->level =
            (unsigned)container_run(span_trim(reader_line(reader, line)), '-');
    }
    reader_pass(reader, line);
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
        div_add_edges(reader, line);
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

    for (unsigned line = reader_next_line(reader); line <= reader->chapter->source.line_count;
         line++) {
        struct span text = reader_seen_line(reader, line);
        const char *underline = find_underline(text, level);

        if (holds(text, reader->lists > 0, is_numbered)) {
            reader_pass(reader, line);
            return line;
        }
        if (span_trim(container_skip(text)).len == 0)
            first = 0;
        else if (first == 0)
            first = line;
        if (underline != NULL && (first < line || underline > container_skip(text).ptr)) {
            reader->last = reader_unmasked(reader, underline) - 1;
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
    return reader_line_of(reader, at < reader->end ? at + 1 : at);
}

void heading_end(struct reader *reader, unsigned level)
{
    unsigned line = reader->heading != NULL ? reader_line_of(reader, reader->heading)
                                            : find_heading(reader, level);
    struct span text;
    struct block *block;

    reader->in_heading = false;
    if (line == 0 || reader->nesting > 0)
        return;
    div_add_edges(reader, line - 1);
    add_opening_edge(reader, line);
    text = span_trim(reader_line(reader, line));
    block = reader_add(reader, BLOCK_HEADING, line);
    block->level = level;
    block->info = atx_text(text);
    if (!is_numbered(text)) { /* setext: the text, then its underline */
        block->info = without_notes(reader, span_trim(span_between(text.ptr, reader->last)));
        block->end_line = underline_of(reader);
        reader_pass(reader, block->end_line);
    }
}
