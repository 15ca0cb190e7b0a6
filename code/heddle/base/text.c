#define _GNU_SOURCE /* memmem */
#include "heddle/base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "heddle/base/arena.h"

struct span span_of(const char *string)
{
    return (struct span){string, string != NULL ? strlen(string) : 0};
}

struct span span_between(const char *begin, const char *end)
{
    return (struct span){begin, (size_t)(end - begin)};
}

bool span_equal(struct span a, struct span b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

bool span_is(struct span a, const char *string)
{
    return span_equal(a, span_of(string));
}

bool span_starts(struct span text, const char *prefix)
{
    size_t len = strlen(prefix);

    return text.len >= len && (len == 0 || memcmp(text.ptr, prefix, len) == 0);
}

bool span_is_any(struct span text, const char *const words[], size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (span_is(text, words[i]))
            return true;
    return false;
}

bool span_starts_any(struct span text, const char *const words[], size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (span_starts(text, words[i]))
            return true;
    return false;
}

bool span_ends(struct span text, const char *suffix)
{
    size_t len = strlen(suffix);

    return text.len >= len && span_starts(span_skip(text, text.len - len), suffix);
}

struct span span_skip(struct span text, size_t count)
{
    if (count > text.len)
        count = text.len;
    return (struct span){count > 0 ? text.ptr + count : text.ptr, text.len - count};
}

bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

struct span span_trim(struct span text)
{
    while (text.len > 0 && is_blank(text.ptr[0]))
        text = span_skip(text, 1);
    while (text.len > 0 && is_blank(text.ptr[text.len - 1]))
        text.len--;
    return text;
}

bool span_line(struct span *rest, struct span *line)
{
    const char *end;

    if (rest->len == 0)
        return false;
    end = memchr(rest->ptr, '\n', rest->len);
    *line = span_between(rest->ptr, end != NULL ? end : rest->ptr + rest->len);
    *rest = span_skip(*rest, line->len + 1);
    return true;
}

bool span_has(struct span text, const char *word)
{
    return text.len > 0 && memmem(text.ptr, text.len, word, strlen(word)) != NULL;
}

bool span_find(struct span *text, const char *needle, struct span *before)
{
    const char *at = text->len > 0 ? memmem(text->ptr, text->len, needle, strlen(needle)) : NULL;

    if (at == NULL)
        return false;
    *before = span_between(text->ptr, at);
    *text = span_skip(*text, before->len);
    return true;
}

bool span_number(struct span text, unsigned long most, unsigned long *number)
{
    unsigned long value = 0;

    for (size_t i = 0; i < text.len; i++) {
        unsigned digit = (unsigned char)text.ptr[i] - (unsigned)'0';

        if (digit > 9 || value > (most - digit) / 10 || digit > most)
            return false;
        value = value * 10 + digit;
    }
    if (text.len == 0)
        return false;
    *number = value;
    return true;
}

static bool take_unit(struct span *text, const char *unit)
{
    if (!span_ends(*text, unit))
        return false;
    text->len -= strlen(unit);
    return true;
}

bool span_duration(struct span text, unsigned long most_ms, unsigned long *ms)
{
    unsigned long number, unit = take_unit(&text, "ms")  ? 1
                                 : take_unit(&text, "s") ? 1000
                                 : take_unit(&text, "m") ? 60 * 1000
                                                         : 0;

    if (unit == 0 || !span_number(text, most_ms / unit, &number) || number == 0)
        return false;
    *ms = number * unit;
    return true;
}

/* Length of the UTF-8 sequence at the start, 0 when it is none. */
static size_t sequence_length(const unsigned char *p, size_t len)
{
    unsigned char low = 0x80, high = 0xbf;
    size_t need;

    if (p[0] < 0x80)
        return 1;
    if (p[0] < 0xc2 || p[0] > 0xf4)
        return 0;
    need = p[0] < 0xe0 ? 2 : p[0] < 0xf0 ? 3 : 4;
    if (p[0] == 0xe0)
        low = 0xa0; /* shorter forms exist */
    else if (p[0] == 0xf0)
        low = 0x90;
    else if (p[0] == 0xed)
        high = 0x9f; /* above: surrogates */
    else if (p[0] == 0xf4)
        high = 0x8f; /* above: beyond U+10FFFF */
    if (len < need || p[1] < low || p[1] > high)
        return 0;
    for (size_t i = 2; i < need; i++)
        if ((p[i] & 0xc0) != 0x80)
            return 0;
    return need;
}

size_t span_character(struct span text)
{
    return text.len > 0 ? sequence_length((const unsigned char *)text.ptr, text.len) : 0;
}

static bool continues_character(char c)
{
    return ((unsigned char)c & 0xc0) == 0x80;
}

struct span span_bytes(struct span text, size_t most)
{
    enum { MOST_BEHIND = 3 }; /* a character's first byte has no more behind it */
    size_t end = most;

    if (text.len <= most)
        return text;
    while (end > 0 && most - end < MOST_BEHIND && continues_character(text.ptr[end]))
        end--;
    return (struct span){text.ptr, continues_character(text.ptr[end]) ? most : end};
}

/* Eight bytes at once: all ASCII and none of them NUL. */
static bool plain_word(const char *p)
{
    const uint64_t ones = UINT64_C(0x0101010101010101), tops = ones << 7;
    uint64_t word;

    memcpy(&word, p, sizeof word);
    return ((word | (word - ones)) & tops) == 0;
}

size_t span_bad_utf8(struct span text)
{
    size_t at = 0;

    while (at < text.len) {
        size_t step;

        if (text.len - at >= 8 && plain_word(text.ptr + at)) {
            at += 8;
            continue;
        }
        if (text.ptr[at] == '\0')
            return at;
        step = sequence_length((const unsigned char *)text.ptr + at, text.len - at);
        if (step == 0)
            return at;
        at += step;
    }
    return text.len;
}

static uint32_t decode(const unsigned char *p, size_t step)
{
    static const unsigned char lead_mask[] = {0, 0x7f, 0x1f, 0x0f, 0x07};
    uint32_t code = p[0] & lead_mask[step];

    for (size_t i = 1; i < step; i++)
        code = code << 6 | (p[i] & 0x3fu);
    return code;
}

/* Unicode TR11's wide and fullwidth blocks, coarsely: enough for carets. */
static bool is_wide(uint32_t code)
{
    return (code >= 0x1100 && code <= 0x115f) || (code >= 0x2e80 && code <= 0xa4cf) ||
           (code >= 0xac00 && code <= 0xd7a3) || (code >= 0xf900 && code <= 0xfaff) ||
           (code >= 0xfe30 && code <= 0xfe6f) || (code >= 0xff00 && code <= 0xff60) ||
           (code >= 0xffe0 && code <= 0xffe6) || (code >= 0x1f300 && code <= 0x1faff) ||
           (code >= 0x20000 && code <= 0x3fffd);
}

/* The column behind the character at the start of `text`, which stands at
 * `column`; `text` moves behind it. */
static size_t pass_character(struct span *text, size_t column)
{
    size_t step = span_character(*text);

    if (text->ptr[0] == '\t')
        column += 8 - column % 8;
    else
        column += step > 1 && is_wide(decode((const unsigned char *)text->ptr, step)) ? 2 : 1;
    *text = span_skip(*text, step != 0 ? step : 1);
    return column;
}

size_t span_width(struct span text)
{
    size_t width = 0;

    while (text.len > 0)
        width = pass_character(&text, width);
    return width;
}

struct span span_columns(struct span text, size_t columns)
{
    struct span rest = text;
    size_t kept = 0;

    for (size_t width = 0; rest.len > 0; kept = text.len - rest.len) {
        width = pass_character(&rest, width);
        if (width > columns)
            break;
    }
    return (struct span){text.ptr, kept};
}

/* Optimal string alignment distance: three rows of the usual table. */
unsigned span_distance(struct span a, struct span b, unsigned limit)
{
    enum { MOST = 64 };
    unsigned rows[3][MOST + 1];

    if (a.len > MOST || b.len > MOST)
        return span_equal(a, b) ? 0 : limit + 1;
    if (a.len > b.len + limit || b.len > a.len + limit)
        return limit + 1;
    for (unsigned j = 0; j <= b.len; j++)
        rows[0][j] = j;
    for (unsigned i = 1; i <= a.len; i++) {
        unsigned *row = rows[i % 3], *above = rows[(i + 2) % 3], *second = rows[(i + 1) % 3];
        unsigned best = row[0] = i;

        for (unsigned j = 1; j <= b.len; j++) {
            unsigned cost = above[j - 1] + (a.ptr[i - 1] != b.ptr[j - 1]);

            if (cost > above[j] + 1)
                cost = above[j] + 1;
            if (cost > row[j - 1] + 1)
                cost = row[j - 1] + 1;
            if (i > 1 && j > 1 && a.ptr[i - 1] == b.ptr[j - 2] && a.ptr[i - 2] == b.ptr[j - 1] &&
                cost > second[j - 2] + 1)
                cost = second[j - 2] + 1;
            row[j] = cost;
            if (cost < best)
                best = cost;
        }
        if (best > limit + 1) /* a swap may still win one back */
            return limit + 1;
    }
    return rows[a.len % 3][b.len] <= limit ? rows[a.len % 3][b.len] : limit + 1;
}

void buf_reserve(struct buf *buf, size_t more)
{
    size_t cap = buf->cap != 0 ? buf->cap : 256;

    if (buf->cap - buf->len >= more)
        return;
    while (cap - buf->len < more)
        cap = cap <= SIZE_MAX / 2 ? cap * 2 : SIZE_MAX;
    buf->ptr = mem_grow(buf->ptr, cap, 1);
    buf->cap = cap;
}

void buf_add(struct buf *buf, struct span text)
{
    if (text.len == 0)
        return;
    buf_reserve(buf, text.len);
    memcpy(buf->ptr + buf->len, text.ptr, text.len);
    buf->len += text.len;
}

void buf_adds(struct buf *buf, const char *string)
{
    buf_add(buf, span_of(string));
}

void buf_addc(struct buf *buf, char c)
{
    buf_add(buf, (struct span){&c, 1});
}

void buf_fill(struct buf *buf, char c, size_t count)
{
    if (count == 0)
        return;
    buf_reserve(buf, count);
    memset(buf->ptr + buf->len, c, count);
    buf->len += count;
}

void buf_addv(struct buf *buf, const char *format, va_list args)
{
    va_list again;
    int len;

    va_copy(again, args);
    len = vsnprintf(NULL, 0, format, again);
    va_end(again);
    if (len < 0)
        return;
    buf_reserve(buf, (size_t)len + 1);
    vsnprintf(buf->ptr + buf->len, (size_t)len + 1, format, args);
    buf->len += (size_t)len;
}

void buf_addf(struct buf *buf, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    buf_addv(buf, format, args);
    va_end(args);
}

const char *buf_string(struct buf *buf)
{
    buf_reserve(buf, 1);
    buf->ptr[buf->len] = '\0';
    return buf->ptr;
}

struct span buf_span(const struct buf *buf)
{
    return (struct span){buf->ptr, buf->len};
}

void buf_free(struct buf *buf)
{
    free(buf->ptr);
    *buf = (struct buf){0};
}

struct span buf_take(struct buf *buf, struct arena *arena)
{
    struct span text = {arena_copy(arena, buf->ptr, buf->len), buf->len};

    buf_free(buf);
    return text;
}

static void add_json_char(struct buf *buf, struct span character)
{
    unsigned char c = (unsigned char)character.ptr[0];

    if (c == '"' || c == '\\')
        buf_addf(buf, "\\%c", c);
    else if (c == '\n')
        buf_adds(buf, "\\n");
    else if (c == '\t')
        buf_adds(buf, "\\t");
    else if (c < 0x20 || c == 0x7f)
        buf_addf(buf, "\\u%04x", c);
    else
        buf_add(buf, character);
}

void buf_add_json(struct buf *buf, struct span text)
{
    buf_addc(buf, '"');
    while (text.len > 0) {
        size_t step = span_character(text);

        if (step == 0)
            buf_adds(buf, "\xef\xbf\xbd");
        else
            add_json_char(buf, (struct span){text.ptr, step});
        text = span_skip(text, step != 0 ? step : 1);
    }
    buf_addc(buf, '"');
}
