#include "heddle/slides/line_steps.h"

enum { MANY = 1000000 };

/* What is left of `rest` up to `stop`, which is taken too. */
static struct span take_until(struct span *rest, char stop)
{
    size_t len = 0;
    struct span piece;

    while (len < rest->len && rest->ptr[len] != stop)
        len++;
    piece = (struct span){rest->ptr, len};
    *rest = span_skip(*rest, len < rest->len ? len + 1 : len);
    return piece;
}

/* "4" or "4-6" */
static bool read_range(struct span text, unsigned long *first, unsigned long *last)
{
    struct span rest = text, low = take_until(&rest, '-');

    if (!span_number(low, MANY, first))
        return false;
    *last = *first;
    return (low.len == text.len || span_number(rest, MANY, last)) && *first > 0 && *first <= *last;
}

static bool check_range(const struct chapter *chapter, const struct block *block, struct span range,
                        struct diags *diags)
{
    unsigned long first, last;

    if (!read_range(range, &first, &last)) {
        diag_error_at(diags, &chapter->source, range,
                      "\"%.*s\" names no lines; steps are written as steps=\"1-2|4,6\"",
                      SPAN_ARG(range));
        return false;
    }
    if (last > block->line_count)
        diag_error_at(diags, &chapter->source, range, "this listing has %u line%s, no line %lu",
                      block->line_count, block->line_count == 1 ? "" : "s", last);
    return last <= block->line_count;
}

/* One mistake of a value is reported; an empty value is one. */
static void check_value(const struct chapter *chapter, const struct block *block, struct span value,
                        struct diags *diags)
{
    bool good = true;

    do {
        struct span ranges = take_until(&value, '|');

        do
            good = check_range(chapter, block, take_until(&ranges, ','), diags);
        while (good && ranges.len > 0);
    } while (good && value.len > 0);
}

void line_steps_check(const struct chapter *chapter, struct diags *diags)
{
    for (size_t i = 0; i < chapter->block_count; i++) {
        const struct block *block = &chapter->blocks[i];
        const struct attr *steps =
            block->kind == BLOCK_CODE ? attr_get(&block->attrs, "steps") : NULL;

        if (steps != NULL)
            check_value(chapter, block, steps->value, diags);
    }
}
