#include "heddle/figures/numbers.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The number that begins a text, and its letters; 0 when there is none. */
static size_t number_at(struct span text, double *value)
{
    char digits[40], *end;
    size_t len = text.len < sizeof digits - 1 ? text.len : sizeof digits - 1;

    if (len == 0 || !isdigit((unsigned char)text.ptr[0]))
        return 0;
    memcpy(digits, text.ptr, len);
    digits[len] = '\0';
    *value = strtod(digits, &end);
    return (size_t)(end - digits);
}

/* The number `field` (from 1) of a line; its place, and how long it is. */
static size_t find_number(struct span line, unsigned long field, size_t *at, double *value)
{
    for (size_t i = 0, len; i<line.len; i += len> 0 ? len : 1) {
        bool inside = i > 0 && (isalnum((unsigned char)line.ptr[i - 1]) || line.ptr[i - 1] == '-');

        len = inside ? 0 : number_at(span_skip(line, i), value);
        if (len > 0 && --field == 0) {
            *at = i;
            return len;
        }
    }
    return 0;
}

/* Where the first piece stands that leaves something open; it is a number's, or
 * any text's. NULL: the line leaves nothing open. */
static const struct pattern_piece *first_open(const struct pattern *pattern, size_t *at)
{
    *at = 0;
    for (size_t i = 0; i < pattern->count; i++) {
        if (pattern->pieces[i].kind != PATTERN_TEXT)
            return &pattern->pieces[i];
        *at += pattern->pieces[i].text.len;
    }
    return NULL;
}

static void add_words(struct numbers_row *row, struct span line, size_t at, size_t len)
{
    struct span before = span_trim((struct span){line.ptr, at}), behind;
    struct span rest = span_skip(line, at + len);

    while (span_ends(before, ":"))
        before.len--;
    if (!span_find(&rest, ",", &behind))
        behind = rest;
    row->label = before;
    row->unit = span_trim(behind);
}

static struct numbers_row read_row(struct span line, const struct expect_line *promised,
                                   unsigned long field, bool heads)
{
    struct numbers_row row = {.low = -INFINITY, .high = INFINITY, .label = span_trim(line)};
    const struct pattern_piece *open = NULL;
    size_t at = 0, len = 0;

    if (field == 0 && promised != NULL)
        open = first_open(&promised->pattern, &at);
    if (open != NULL && at < line.len)
        len = number_at(span_skip(line, at), &row.value);
    if (len == 0 && !heads)
        len = find_number(line, field > 0 ? field : 1, &at, &row.value);
    if (len > 0 && open != NULL && open->kind == PATTERN_NUMBER) {
        row.has_range = true;
        row.low = open->low;
        row.high = open->high;
    }
    row.is_heading = len == 0;
    if (len > 0)
        add_words(&row, line, at, len);
    return row;
}

unsigned numbers_read(const struct figure *figure, struct numbers_row rows[NUMBERS_MOST])
{
    const struct attr *attr = attr_get(&figure->snippet->part->block->attrs, "field");
    struct span rest = figure->data, line;
    unsigned long field = 0;
    unsigned count = 0;

    if (attr != NULL && !span_number(attr->value, 99, &field))
        field = 0;
    /* where others leave something open, a line that does not is a heading */
    for (size_t i = 0; count < NUMBERS_MOST && span_line(&rest, &line); i++) {
        bool promised = figure->promise.order == EXPECT_EXACT && i < figure->promise.count &&
                        !figure->promise.lines[i].any_lines;

        bool heads = promised && field == 0 && figure->promise.has_patterns &&
                     figure->promise.lines[i].pattern.count == 0;

        if (span_trim(line).len > 0)
            rows[count++] =
                read_row(line, promised ? &figure->promise.lines[i] : NULL, field, heads);
    }
    return count;
}
