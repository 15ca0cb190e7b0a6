#include "heddle/expect/pattern.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Longer runs of digits are no number: scanning stays linear, and no clock or
 * counter prints them. */
enum { LONGEST_NUMBER = 400 };

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_sign(char c)
{
    return c == '-' || c == '+';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static size_t count_digits(struct span text, size_t at)
{
    size_t count = 0;

    while (at + count < text.len && count <= LONGEST_NUMBER && is_digit(text.ptr[at + count]))
        count++;
    return count;
}

/* Length of ".5" or "e-3" at `at`: its mark, a sign if it may have one, and
 * digits; 0 without digits. */
static size_t tail_length(struct span text, size_t at, const char *marks, bool may_be_signed)
{
    size_t digits, start = at + 1;

    if (at >= text.len || strchr(marks, text.ptr[at]) == NULL || text.ptr[at] == '\0')
        return 0;
    if (may_be_signed && start < text.len && is_sign(text.ptr[start]))
        start++;
    digits = count_digits(text, start);
    return digits > 0 ? start + digits - at : 0;
}

/* Length of the longest number at the start of `text`; 0 when there is none. */
static size_t number_length(struct span text)
{
    size_t sign = text.len > 0 && is_sign(text.ptr[0]) ? 1 : 0;
    size_t len = sign + count_digits(text, sign);

    len += tail_length(text, len, ".", false);
    if (len == sign)
        return 0;
    len += tail_length(text, len, "eE", true);
    return len <= LONGEST_NUMBER ? len : 0;
}

/* heddle stays in the C locale, so strtod's point is a full stop. */
static double number_value(struct span number)
{
    char copy[LONGEST_NUMBER + 1];

    memcpy(copy, number.ptr, number.len);
    copy[number.len] = '\0';
    return strtod(copy, NULL);
}

/*
 * May a number begin at `at` when any text may stand before it? Not inside a
 * longer number, and a sign right behind a letter or a digit is a dash:
 * "item-52" and "3-5" hold no negative number.
 */
static bool number_may_begin(struct span line, size_t at)
{
    char here = line.ptr[at];
    char before = at > 0 ? line.ptr[at - 1] : ' ';
    char second = at > 1 ? line.ptr[at - 2] : ' ';

    if (is_digit(before) || (before == '.' && is_digit(here)))
        return false;
    if (is_sign(here))
        return !is_letter(before);
    if (is_sign(before) && (second == 'e' || second == 'E'))
        return at < 3 || !is_digit(line.ptr[at - 3]);
    if (is_sign(before))
        return is_letter(second) || is_digit(second);
    return (before != 'e' && before != 'E') || !is_digit(second);
}

/* Match one piece at *at and move *at behind it. */
static bool match_piece(const struct pattern_piece *piece, struct span line, size_t *at)
{
    struct span rest = span_skip(line, *at);
    size_t len = piece->kind == PATTERN_TEXT ? piece->text.len : number_length(rest);
    double value;

    if (len > rest.len)
        return false;
    *at += len;
    if (piece->kind == PATTERN_TEXT)
        return memcmp(rest.ptr, piece->text.ptr, len) == 0;
    if (len == 0)
        return false;
    value = number_value((struct span){rest.ptr, len});
    return value >= piece->low && value <= piece->high;
}

/* The pieces between two [..]: where they begin settles where they end. */
struct segment {
    const struct pattern_piece *pieces;
    size_t count;
};

static bool match_segment(struct segment segment, struct span line, size_t *at)
{
    for (size_t i = 0; i < segment.count; i++)
        if (!match_piece(&segment.pieces[i], line, at))
            return false;
    return true;
}

static bool match_behind_any(struct segment segment, struct span line, size_t begin, size_t *end)
{
    *end = begin;
    if (segment.count > 0 && segment.pieces[0].kind == PATTERN_NUMBER &&
        (begin >= line.len || !number_may_begin(line, begin)))
        return false;
    return match_segment(segment, line, end);
}

/*
 * Find the segment at or behind *at and move *at to its end: to the nearest
 * end there is, since the [..] that follows can take the rest from there.
 */
static bool find_segment(struct segment segment, struct span line, size_t *at)
{
    size_t best = line.len + 1, end;

    for (size_t begin = *at; begin <= line.len && begin < best; begin++)
        if (match_behind_any(segment, line, begin, &end) && end < best)
            best = end;
    if (best > line.len)
        return false;
    *at = best;
    return true;
}

/* Nothing stands behind the last segment: it must reach the line's end. */
static bool find_last_segment(struct segment segment, struct span line, size_t at)
{
    size_t end;

    if (segment.count == 0)
        return true;
    for (size_t begin = at; begin <= line.len; begin++)
        if (match_behind_any(segment, line, begin, &end) && end == line.len)
            return true;
    return false;
}

/* The pieces up to the next [..] or the end; `*rest` begins with that [..]. */
static struct segment next_segment(struct segment *rest)
{
    struct segment segment = {rest->pieces, 0};

    while (segment.count < rest->count && rest->pieces[segment.count].kind != PATTERN_ANY)
        segment.count++;
    rest->pieces += segment.count;
    rest->count -= segment.count;
    return segment;
}

bool pattern_matches(const struct pattern *pattern, struct span line)
{
    struct segment rest = {pattern->pieces, pattern->count};
    struct segment segment;
    size_t at = 0;

    if (pattern->count == 0)
        return span_equal(pattern->text, line);
    segment = next_segment(&rest);
    if (!match_segment(segment, line, &at))
        return false;
    while (rest.count > 0) {
        rest.pieces++;
        rest.count--;
        segment = next_segment(&rest);
        if (rest.count == 0)
            return find_last_segment(segment, line, at);
        if (!find_segment(segment, line, &at))
            return false;
    }
    return at == line.len;
}

bool pattern_is_within(const struct pattern *pattern, struct span line)
{
    const struct pattern_piece any = {.kind = PATTERN_ANY};
    const struct pattern_piece text = {.kind = PATTERN_TEXT, .text = pattern->text};
    const struct pattern_piece *pieces = pattern->count > 0 ? pattern->pieces : &text;
    size_t count = pattern->count > 0 ? pattern->count : 1;
    struct pattern open = {.text = pattern->text, .count = count + 2};
    bool within;

    if (pattern->text.len == 0)
        return false;
    open.pieces = mem_alloc(open.count * sizeof *open.pieces);
    open.pieces[0] = open.pieces[count + 1] = any;
    memcpy(open.pieces + 1, pieces, count * sizeof *pieces);
    within = pattern_matches(&open, line);
    free(open.pieces);
    return within;
}

/* The ".." that stands in no [..], or NULL. */
static const char *find_dots(struct span text)
{
    for (size_t i = 0; i + 2 <= text.len; i++) {
        const char *p = text.ptr + i;

        if (p[0] != '.' || p[1] != '.')
            continue;
        if (i == 0 || p[-1] != '[' || i + 2 == text.len || p[2] != ']')
            return p;
        i++;
    }
    return NULL;
}

/* Length of a {{..}} at the start of `text`, or 0. Only the innermost braces
 * of a longer run count, so the next {{ ends the search: all searches of a
 * line together are linear. */
static size_t range_length(struct span text)
{
    struct span inner;

    if (!span_starts(text, "{{") || span_starts(text, "{{{"))
        return 0;
    for (size_t i = 2; i + 2 <= text.len; i++) {
        const char *p = text.ptr + i;

        if (p[0] == '{' && p[1] == '{')
            return 0;
        inner = (struct span){text.ptr + 2, i - 2};
        if (p[0] == '}' && p[1] == '}')
            return find_dots(inner) != NULL ? i + 2 : 0;
    }
    return 0;
}

/* Length of the [..] or {{..}} at the start of `text`, or 0. */
static size_t special_length(struct span text)
{
    return span_starts(text, "[..]") ? 4 : range_length(text);
}

/* The text up to the next special, and that special; false when none is left. */
static bool next_special(struct span *rest, struct span *before, struct span *special)
{
    for (size_t i = 0; i < rest->len; i++) {
        size_t len = special_length(span_skip(*rest, i));

        if (len == 0)
            continue;
        *before = (struct span){rest->ptr, i};
        *special = (struct span){rest->ptr + i, len};
        *rest = span_skip(*rest, i + len);
        return true;
    }
    return false;
}

/* A number, or `none` where there is nothing. */
static bool read_bound(struct span text, double none, double *bound)
{
    text = span_trim(text);
    *bound = none;
    if (text.len == 0)
        return true;
    if (number_length(text) != text.len)
        return false;
    *bound = number_value(text);
    return true;
}

/* What is wrong with {{LOW..HIGH}}, or NULL. One of them may be left out. */
static const char *read_range(struct pattern_piece *piece)
{
    struct span inner = {piece->text.ptr + 2, piece->text.len - 4};
    const char *dots = find_dots(inner);

    if (span_trim(inner).len == 2 ||
        !read_bound(span_between(inner.ptr, dots), -INFINITY, &piece->low) ||
        !read_bound(span_between(dots + 2, inner.ptr + inner.len), INFINITY, &piece->high))
        return "is no range of numbers";
    return piece->low <= piece->high ? NULL : "is an empty range";
}

static void add_piece(struct pattern *pattern, struct pattern_piece piece)
{
    if (piece.text.len > 0)
        pattern->pieces[pattern->count++] = piece;
}

static void add_text(struct pattern *pattern, struct span text)
{
    add_piece(pattern, (struct pattern_piece){.kind = PATTERN_TEXT, .text = text});
}

static bool add_special(struct pattern *pattern, const struct source *source, struct span special,
                        struct diags *diags)
{
    struct pattern_piece piece = {.kind = PATTERN_ANY, .text = special};
    const char *fault = NULL;

    if (special.ptr[0] == '{') {
        piece.kind = PATTERN_NUMBER;
        fault = read_range(&piece);
    }
    if (fault != NULL)
        diag_error_at(diags, source, special, "\"%.*s\" %s", SPAN_ARG(special), fault);
    add_piece(pattern, piece);
    return fault == NULL;
}

static struct span padded(struct arena *arena, struct span text, size_t pad)
{
    char *copy;

    if (pad == 0)
        return text;
    copy = arena_alloc(arena, pad + text.len);
    memset(copy, ' ', pad);
    if (text.len > 0)
        memcpy(copy + pad, text.ptr, text.len);
    return (struct span){copy, pad + text.len};
}

/* Every special takes at least four bytes and brings at most one text; then
 * there are the pad and the text behind the last special. */
static size_t most_pieces(struct span text)
{
    return 2 * (text.len / 4) + 2;
}

bool pattern_read(struct pattern *pattern, struct arena *arena, const struct source *source,
                  struct span text, size_t pad, struct diags *diags)
{
    struct span rest = text, before, special;
    bool good = true;

    *pattern = (struct pattern){.text = padded(arena, text, pad)};
    if (!next_special(&rest, &before, &special))
        return true;
    pattern->pieces = arena_array(arena, most_pieces(text), sizeof *pattern->pieces);
    add_text(pattern, (struct span){pattern->text.ptr, pad});
    do {
        add_text(pattern, before);
        if (!add_special(pattern, source, special, diags))
            good = false;
    } while (next_special(&rest, &before, &special));
    add_text(pattern, rest);
    return good;
}
