#include "heddle/read/entangled.h"

#include <string.h>

/* `key = "value"` alone on a line, with either quote; empty when it is not so. */
static struct span value_of(struct span line, const char *key)
{
    struct span rest = span_trim(line);
    char quote;

    if (!span_starts(rest, key))
        return (struct span){0};
    rest = span_trim(span_skip(rest, strlen(key)));
    if (!span_starts(rest, "="))
        return (struct span){0};
    rest = span_trim(span_skip(rest, 1));
    quote = rest.len > 0 ? rest.ptr[0] : '\0';
    if (quote != '"' && quote != '\'')
        return (struct span){0};
    rest = span_skip(rest, 1);
    for (size_t i = 0; i < rest.len; i++)
        if (rest.ptr[i] == quote)
            return (struct span){rest.ptr, i};
    return (struct span){0};
}

/* The usual pattern has braces around (?P<properties>...); a bare one has not. */
static enum entangled_fences fences_of(struct span pattern)
{
    struct span rest = pattern, before;

    if (!span_find(&rest, "```", &before) || !span_find(&rest, "(?P<properties>", &before))
        return ENTANGLED_OTHER;
    return span_find(&before, "{", &(struct span){0}) ? ENTANGLED_BRACES : ENTANGLED_BARE;
}

enum entangled_fences entangled_fences(struct span settings)
{
    enum entangled_fences fences = ENTANGLED_BRACES;
    struct span line;
    bool at_top = true, in_markers = false;

    while (span_line(&settings, &line)) {
        struct span text = span_trim(line), open = {0};

        if (span_starts(text, "[")) {
            in_markers = span_starts(text, "[markers]");
            at_top = false;
        }
        if (at_top && span_is(value_of(text, "style"), "basic"))
            fences = ENTANGLED_BARE;
        if (in_markers)
            open = value_of(text, "open");
        if (open.len > 0)
            fences = fences_of(open);
    }
    return fences;
}
