#include "heddle/read/container.h"

#include <string.h>

struct span container_skip(struct span line)
{
    const char *p = line.ptr, *end = line.ptr + line.len;

    while (p < end && (*p == ' ' || *p == '\t' || *p == '>'))
        p++;
    return span_between(p, end);
}

size_t container_run(struct span text, char c)
{
    size_t len = 0;

    while (len < text.len && text.ptr[len] == c)
        len++;
    return len;
}

unsigned container_width(struct span line, const char *to)
{
    unsigned column = 0;

    for (const char *p = line.ptr; p < to; p++)
        column += *p == '\t' ? TAB_STOP - column % TAB_STOP : 1;
    return column;
}

static bool is_margin(char c)
{
    return c != '\0' && strchr(" \t-+*.)0123456789", c) != NULL;
}

bool container_opens_fence(struct span text, char fence)
{
    size_t length;

    while (text.len > 0 && (text.ptr[0] == '>' || is_margin(text.ptr[0])))
        text = span_skip(text, 1);
    length = container_run(text, fence);
    text = span_skip(text, length);
    return length >= 3 &&
           (fence != '`' || text.len == 0 || memchr(text.ptr, '`', text.len) == NULL);
}

bool container_pass_code(struct container_code *code, struct span line)
{
    struct span mark = container_skip(line);

    if (code->fence != '\0') {
        size_t run = container_run(mark, code->fence);

        if (run >= code->length && span_trim(span_skip(mark, run)).len == 0)
            code->fence = '\0';
        return true;
    }
    if (!container_opens_fence(line, '`') && !container_opens_fence(line, '~'))
        return false;
    while (strchr("`~", mark.ptr[0]) == NULL)
        mark = span_skip(mark, 1);
    code->fence = mark.ptr[0];
    code->length = container_run(mark, code->fence);
    return true;
}

unsigned container_heading(struct span line)
{
    size_t level = container_run(line, '#');

    return level > 0 && level <= 6 && (line.len == level || is_blank(line.ptr[level]))
               ? (unsigned)level
               : 0;
}

/* Columns from one container's edge to the next mark, '>' or the fence. */
struct margin {
    unsigned width;
    bool listed; /* a list's mark stands in between */
    char mark;
};

static struct margin take_margin(struct span *text, unsigned *column)
{
    struct margin margin = {0};
    unsigned begin = *column;

    for (; text->len > 0 && is_margin(text->ptr[0]); *text = span_skip(*text, 1)) {
        margin.listed |= text->ptr[0] != ' ' && text->ptr[0] != '\t';
        *column += text->ptr[0] == '\t' ? TAB_STOP - *column % TAB_STOP : 1;
    }
    margin.width = *column - begin;
    margin.mark = text->len > 0 ? text->ptr[0] : '\0';
    *text = span_skip(*text, 1);
    ++*column;
    if (margin.mark == '>' && text->len > 0 && text->ptr[0] == ' ') {
        *text = span_skip(*text, 1);
        ++*column;
    }
    return margin;
}

bool container_same(struct span opening, struct span closing)
{
    unsigned from = 0, to = 0;

    for (;;) {
        struct margin a = take_margin(&opening, &from), b = take_margin(&closing, &to);

        if (b.listed || a.mark != b.mark || b.width + (a.listed ? 0 : 3) < a.width)
            return false;
        if (a.mark != '>')
            return true;
    }
}

size_t container_list_mark(struct span text)
{
    size_t len = 0;

    while (len < text.len && text.ptr[len] >= '0' && text.ptr[len] <= '9')
        len++;
    if (len == text.len || strchr(len > 0 ? ".)" : "-+*", text.ptr[len]) == NULL)
        return 0;
    len++;
    return len == text.len || text.ptr[len] == ' ' || text.ptr[len] == '\t' ? len : 0;
}

unsigned container_item_edge(struct span text, unsigned column)
{
    unsigned at = 0, edge = 0;
    bool marked = false;

    for (;;) {
        size_t mark;

        for (; text.len > 0 && strchr(" \t>", text.ptr[0]) != NULL; text = span_skip(text, 1))
            at += text.ptr[0] == '\t' ? TAB_STOP - at % TAB_STOP : 1;
        if (at > column)
            return edge;
        if (marked)
            edge = at;
        mark = container_list_mark(text);
        if (mark == 0)
            return edge;
        marked = true;
        at += (unsigned)mark;
        text = span_skip(text, mark);
    }
}

unsigned container_text_column(struct span line)
{
    struct span text = line;

    for (;;) {
        struct span rest = container_skip(text);

        text = span_skip(rest, container_list_mark(rest));
        if (text.ptr == rest.ptr)
            return container_width(line, text.ptr);
    }
}
