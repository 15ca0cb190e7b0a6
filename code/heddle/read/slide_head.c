#include "heddle/read/slide_head.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "heddle/base/array.h"
#include "heddle/read/talk_separator.h"

enum { LINES_MOST = 40 };

bool slide_head_read(struct span line, struct span *key, struct span *value)
{
    size_t len = 0;

    while (len < line.len && (isalnum((unsigned char)line.ptr[len]) || line.ptr[len] == '-'))
        len++;
    if (len == 0 || len == line.len || line.ptr[len] != ':')
        return false;
    *key = (struct span){line.ptr, len};
    *value = span_trim(span_skip(line, len + 1));
    if (value->len >= 2 && strchr("\"'", value->ptr[0]) != NULL &&
        value->ptr[value->len - 1] == value->ptr[0])
        *value = (struct span){value->ptr + 1, value->len - 2};
    return value->len == 0 || is_blank(line.ptr[len + 1]);
}

/* Keys of remark; such lines need no end. */
static bool is_property(struct span line)
{
    static const char *const keys[] = {"class",
                                       "name",
                                       "layout",
                                       "template",
                                       "count",
                                       "exclude",
                                       "background-image",
                                       "background-color",
                                       "continued",
                                       "background-size",
                                       "background-position"};
    struct span key, value;

    return slide_head_read(line, &key, &value) && value.len > 0 && SPAN_IS_ANY(key, keys);
}

/* "Note: x" is one. */
static bool is_note(struct span key)
{
    return (key.len == 4 || key.len == 5) && strncasecmp(key.ptr, "notes", key.len) == 0;
}

/* Keys of Slidev, and words that no text begins with (kodee: wink): one of them shows
 * that the others are keys, too. */
static bool is_of_slidev(struct span line)
{
    static const char *const keys[] = {"layout",    "class",      "background", "transition",
                                       "clicks",    "image",      "level",      "zoom",
                                       "hideInToc", "routeAlias", "src",        "clicksStart",
                                       "color",     "disabled",   "hide",       "preload",
                                       "dragPos",   "theme",      "url",        "title"};
    struct span key, value;

    if (!slide_head_read(line, &key, &value))
        return false;
    return SPAN_IS_ANY(key, keys) ||
           (islower((unsigned char)key.ptr[0]) && !is_note(key) &&
            (value.len == 0 || memchr(value.ptr, ' ', value.len) == NULL));
}

unsigned slide_head_close(const struct source *source, unsigned line)
{
    unsigned last = line + LINES_MOST;
    bool known = false;

    for (unsigned first = line; line <= source->line_count && line < last; line++) {
        struct span raw = source_line(source, line), key, value;

        if (span_is(span_trim(raw), "---"))
            return known ? line : 0;
        if (span_trim(raw).len == 0 ||
            (!slide_head_read(raw, &key, &value) && (line == first || !is_blank(raw.ptr[0]))))
            return 0;
        known = known || is_of_slidev(raw);
    }
    return 0;
}

unsigned slide_head_end(const struct source *source, unsigned line, bool remark)
{
    unsigned close = slide_head_close(source, line), end = 0;
    struct span key, value;

    while (remark && line < source->line_count && span_trim(source_line(source, line)).len == 0)
        line++;
    for (; close == 0 && line <= source->line_count; line++) {
        struct span text = source_line(source, line);

        if (!is_property(text) &&
            (!remark || !slide_head_read(text, &key, &value) || value.len == 0 || is_note(key)))
            break;
        end = line;
    }
    return close > 0 ? close : end;
}

bool slide_head_is_closed_by(const struct source *source, unsigned line)
{
    unsigned first = line;

    while (--first > 1 && line - first < LINES_MOST &&
           span_trim(source_line(source, first)).len > 0)
        if (span_is(span_trim(source_line(source, first)), "---"))
            return span_trim(source_line(source, first - 1)).len == 0 &&
                   slide_head_close(source, first + 1) == line;
    return false;
}

/* Heads of a talk -------------------------------------------------------------- */

static void mask(struct hackmd_notes *notes, const struct source *source, unsigned first,
                 struct span what, char with, struct arena *arena)
{
    const char *begin = source->line_starts[first - 1];
    const char *end = source->text.ptr + source->text.len;

    if (notes->masked == NULL)
        notes->masked = arena_copy(arena, begin, (size_t)(end - begin));
    memset((char *)(uintptr_t)notes->masked + (what.ptr - begin), with, what.len);
}

void slide_heads_find(struct slide_heads *heads, const struct source *source, unsigned first,
                      const struct hackmd_talk *talk, struct hackmd_notes *notes,
                      struct arena *arena)
{
    size_t cap = 0;
    unsigned end = 0;

    *heads = (struct slide_heads){0};
    for (unsigned line = first; talk->is && line <= source->line_count; line++) {
        struct span text = span_trim(source_line(source, line));

        if (line == first || hackmd_separator(talk, source, line - 1) > 0)
            end = slide_head_end(source, line, talk->remark);
        if (talk->remark && span_is(text, "--")) /* no underline of a heading */
            mask(notes, source, first, text, '*', arena);
        if (line > end)
            continue;
        if (heads->count == 0 || heads->list[heads->count - 1].last != end)
            *ARRAY_PUSH_IN(arena, heads->list, heads->count, cap) = (struct line_range){line, end};
        mask(notes, source, first, text, ' ', arena);
    }
}

bool slide_heads_have(const struct slide_heads *heads, unsigned line)
{
    return line_range_with(heads->list, heads->count, line) != NULL;
}
