#include "heddle/read/front_matter.h"

#include <string.h>

/* The lines of a file from Windows end so. */
static struct span without_end(struct span value)
{
    while (value.len > 0 && value.ptr[value.len - 1] == '\r')
        value.len--;
    return value;
}

/* What stands in TOML's quotes, or all of it; a comment may follow. */
static struct span toml_value(struct span value)
{
    const char quote[] = {value.len > 0 ? value.ptr[0] : '\0', '\0'};
    struct span rest = span_skip(value, 1), inner;

    if (quote[0] != '\0' && strchr("\"'", quote[0]) != NULL && span_find(&rest, quote, &inner))
        return inner;
    return span_trim(without_end(value));
}

/* A line [table] of TOML: what follows is no more at the top. */
static bool begins_table(struct span line)
{
    return span_starts(line, "[");
}

/* The value of a line `key: ...`, without its quotes; empty for other lines. */
static struct span value_of(struct span line, const char *key)
{
    struct span value = span_starts(line, key) ? span_skip(line, strlen(key)) : span_of("");

    if (span_starts(span_trim(value), "="))
        return toml_value(span_trim(span_skip(span_trim(value), 1)));
    if (!span_starts(value, ":"))
        return span_of("");
    value = span_skip(value, 1);
    value = span_trim(without_end(value));
    if (value.len >= 2 && strchr("\"'", value.ptr[0]) != NULL &&
        value.ptr[value.len - 1] == value.ptr[0])
        value = (struct span){value.ptr + 1, value.len - 2};
    return value;
}

struct span front_matter_value(struct span front_matter, const char *key)
{
    struct span line;

    while (span_line(&front_matter, &line) && !begins_table(line))
        if (value_of(line, key).len > 0)
            return value_of(line, key);
    return span_of("");
}

static bool is_key(struct span line, const char *key)
{
    struct span rest = span_skip(line, strlen(key));

    return span_starts(line, key) && (span_starts(rest, ":") || span_starts(span_trim(rest), "="));
}

bool front_matter_has(struct span front_matter, const char *key)
{
    struct span line;

    while (span_line(&front_matter, &line) && !begins_table(line))
        if (is_key(line, key))
            return true;
    return false;
}

struct span front_matter_nested(struct span front_matter, const char *parent, const char *key)
{
    struct span line;
    bool below = false;

    while (span_line(&front_matter, &line)) {
        if (line.len > 0 && !is_blank(line.ptr[0]))
            below = is_key(line, parent);
        else if (below && value_of(span_trim(line), key).len > 0)
            return value_of(span_trim(line), key);
    }
    return span_of("");
}
