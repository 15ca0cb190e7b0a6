#include "heddle/read/front_matter.h"

#include <string.h>

/* The value of a line `key: ...`, without its quotes; empty for other lines. */
static struct span value_of(struct span line, const char *key)
{
    struct span value = span_starts(line, key) ? span_skip(line, strlen(key)) : span_of("");

    if (!span_starts(value, ":"))
        return span_of("");
    value = span_skip(value, 1);
    while (value.len > 0 && value.ptr[value.len - 1] == '\r')
        value.len--;
    value = span_trim(value);
    if (value.len >= 2 && strchr("\"'", value.ptr[0]) != NULL &&
        value.ptr[value.len - 1] == value.ptr[0])
        value = (struct span){value.ptr + 1, value.len - 2};
    return value;
}

struct span front_matter_value(struct span front_matter, const char *key)
{
    struct span line;

    while (span_line(&front_matter, &line))
        if (value_of(line, key).len > 0)
            return value_of(line, key);
    return span_of("");
}
