#include "heddle/read/quarto.h"

#include <ctype.h>
#include <string.h>

/* What stands behind the comment sign and its bar; empty when there is none. */
static struct span behind_bar(struct span line)
{
    static const char *const signs[] = {"#|", "//|", "--|", "%%|", "%|", ";;|", ";|", "\"|", "!|"};

    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (span_starts(line, signs[i]))
            return span_skip(line, strlen(signs[i]));
    return (struct span){0};
}

/* "key: value" and what is behind the colon. */
static bool read_pair(struct span text, struct span *key, struct span *value)
{
    size_t len = 0;

    text = span_trim(text);
    while (len < text.len &&
           (isalnum((unsigned char)text.ptr[len]) || strchr("-_.", text.ptr[len]) != NULL))
        len++;
    if (len == 0 || len == text.len || text.ptr[len] != ':' ||
        (len + 1 < text.len && !is_blank(text.ptr[len + 1])))
        return false;
    *key = (struct span){text.ptr, len};
    *value = span_trim(span_skip(text, len + 1));
    return true;
}

bool quarto_is_attribute(struct span line)
{
    struct span text = behind_bar(line), key, value;

    return text.len > 1 && read_pair(text, &key, &value);
}

static void add(struct block *block, struct arena *arena, struct attr attr)
{
    if (attr.kind == ATTR_ID && block->attrs.id.len == 0)
        block->attrs.id = attr.value;
    if (attr.value.len > 0)
        attr_add(&block->attrs, arena, attr);
}

/* [a, b] or a */
static void add_classes(struct block *block, struct arena *arena, struct span list)
{
    while (list.len > 0) {
        size_t skip = 0, len = 0;

        while (skip < list.len && strchr("[], \t\"'.", list.ptr[skip]) != NULL)
            skip++;
        list = span_skip(list, skip);
        while (len < list.len && strchr("[], \t\"'", list.ptr[len]) == NULL)
            len++;
        add(block, arena,
            (struct attr){.kind = ATTR_CLASS, .value = {list.ptr, len}, .whole = {list.ptr, len}});
        list = span_skip(list, len);
    }
}

static void add_pair(struct block *block, struct arena *arena, struct span key, struct span value)
{
    struct attr attr = {.kind = ATTR_KEY,
                        .key = key,
                        .whole = span_between(key.ptr, value.ptr + value.len)};

    attr.quoted = value.len >= 2 && (value.ptr[0] == '"' || value.ptr[0] == '\'') &&
                  value.ptr[value.len - 1] == value.ptr[0];
    attr.value = attr.quoted ? (struct span){value.ptr + 1, value.len - 2} : value;
    if (span_is(key, "id") || (span_is(key, "label") && block->attrs.id.len == 0)) {
        attr.kind = ATTR_ID;
        attr.key.len = 0;
    }
    if (span_is(key, "classes"))
        add_classes(block, arena, value);
    else
        add(block, arena, attr);
}

/* Whether a line at the top of the code gives the block a name or a file. */
static bool names_it(const struct block *block)
{
    for (unsigned i = 0; i < block->line_count; i++) {
        struct span text = behind_bar(code_line_span(&block->lines[i])), key, value;

        if (text.ptr == NULL)
            break;
        if (read_pair(span_trim(text), &key, &value) &&
            (span_is(key, "id") || span_is(key, "label") || span_is(key, "file")))
            return true;
    }
    return false;
}

/* An item "- x" belongs to the key above it: only classes are lists of ours. */
void quarto_take(struct block *block, const struct source *source, bool bare, struct arena *arena,
                 struct diags *diags)
{
    struct span above = {0}, key, value;
    size_t count = block->attrs.count;
    unsigned taken = 0;

    if (!(block->attrs.braces || (bare && names_it(block))) || block->line_count == 0 ||
        span_is(block->attrs.language, "output") || span_is(block->attrs.language, "outcomes") ||
        span_is(block->attrs.language, "figure") ||
        !quarto_is_attribute(code_line_span(&block->lines[0])))
        return;
    for (; taken < block->line_count; taken++) {
        struct span text = behind_bar(code_line_span(&block->lines[taken]));

        if (text.ptr == NULL)
            break;
        text = span_trim(text);
        if (read_pair(text, &key, &value))
            add_pair(block, arena, above = key, value);
        else if (span_is(above, "classes") && span_starts(text, "- "))
            add_classes(block, arena, span_skip(text, 2));
    }
    block->attrs.braces = true;
    block->header = taken;
    block->lines += taken;
    block->line_count -= taken;
    attr_check_twice(&block->attrs, count, source, diags);
}
