/*
 * Spans point into text that somebody else keeps; buffers own what they grow.
 *
 * A span is never NUL-terminated. The zero value of both is empty. Out of
 * memory ends the program (see arena.h). Nothing here is shared by threads.
 */
#ifndef HEDDLE_BASE_TEXT_H
#define HEDDLE_BASE_TEXT_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

struct span {
    const char *ptr;
    size_t len;
};

/* For printf's "%.*s". */
#define SPAN_ARG(s) (int)(s).len, (s).ptr

struct span span_of(const char *string); /* NULL gives the empty span */
struct span span_between(const char *begin, const char *end);
bool span_equal(struct span a, struct span b);
bool span_is(struct span a, const char *string);
bool span_starts(struct span text, const char *prefix);
bool span_ends(struct span text, const char *suffix);

/* Whether one of the words is the text, or begins it; of an array: SPAN_IS_ANY(text, names). */
bool span_is_any(struct span text, const char *const words[], size_t count);
bool span_starts_any(struct span text, const char *const words[], size_t count);
#define SPAN_IS_ANY(text, words) span_is_any(text, words, sizeof(words) / sizeof *(words))
#define SPAN_STARTS_ANY(text, words) span_starts_any(text, words, sizeof(words) / sizeof *(words))

bool span_has(struct span text, const char *word);     /* somewhere in it */
struct span span_skip(struct span text, size_t count); /* at most to its end */

bool is_blank(char c); /* a space or a tab */

/* Without blanks at its ends. */
struct span span_trim(struct span text);

/* The next line of `rest`, without its line end, and `rest` moved behind it;
 * false at the end. A last line without a line end is a line too. */
bool span_line(struct span *rest, struct span *line);

/* The first `needle` in `text`, and what is before it; false when absent.
 * `text` is left at the needle. */
bool span_find(struct span *text, const char *needle, struct span *before);

/* A decimal number filling the whole span, no larger than `most`. */
bool span_number(struct span text, unsigned long most, unsigned long *number);

/* "500ms", "10s" or "2m", from 1 to `most_ms` milliseconds. */
bool span_duration(struct span text, unsigned long most_ms, unsigned long *ms);

/* Length of the UTF-8 character at the start (Unicode table 3-7); 0 when there
 * is none, so that a byte which is no UTF-8 can be passed alone. */
size_t span_character(struct span text);

/* Columns on a terminal: East Asian wide characters count two, a tab to the
 * next multiple of 8. Bytes that are no UTF-8 count one each. */
size_t span_width(struct span text);

/* As many whole characters from the start as fit into so many bytes. */
struct span span_bytes(struct span text, size_t most);

/* As many whole characters from the start as fit into so many columns. */
struct span span_columns(struct span text, size_t columns);

/* Edits (insert, delete, replace, swap neighbours) from a to b; limit + 1 when
 * there are more than `limit`. Spans longer than 64 bytes compare by equality. */
unsigned span_distance(struct span a, struct span b, unsigned limit);

/* Offset of the first byte that is no UTF-8 (Unicode table 3-7: no overlong
 * forms, no surrogates) or is NUL; text.len when all is well. */
size_t span_bad_utf8(struct span text);

struct buf {
    char *ptr;
    size_t len, cap;
};

void buf_add(struct buf *buf, struct span text);
void buf_adds(struct buf *buf, const char *string);
void buf_addc(struct buf *buf, char c);
void buf_fill(struct buf *buf, char c, size_t count);
void buf_addf(struct buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));
void buf_addv(struct buf *buf, const char *format, va_list args)
    __attribute__((format(printf, 2, 0)));
void buf_reserve(struct buf *buf, size_t more); /* room for `more` bytes */
const char *buf_string(struct buf *buf);        /* with a NUL behind the text */
struct span buf_span(const struct buf *buf);
void buf_free(struct buf *buf);

/* The text, moved into the arena, with a NUL behind it; `buf` is empty then. */
struct span buf_take(struct buf *buf, struct arena *arena);

/* The text between JSON's quotes, quotes included (RFC 8259, section 7).
 * Bytes that are no UTF-8 become U+FFFD. */
void buf_add_json(struct buf *buf, struct span text);

#endif
