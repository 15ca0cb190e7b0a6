#include "heddle/read/hackmd_attr.h"

#include <ctype.h>
#include <string.h>

bool hackmd_sized_image(struct span *text, struct hackmd_image *image)
{
    struct span rest = span_skip(*text, 2), inner, size;
    const char *x;

    if (!span_starts(*text, "](") || !span_find(&rest, ")", &inner))
        return false;
    size = inner;
    if (!span_find(&size, " =", &image->address))
        return false;
    size = span_skip(size, 2);
    x = size.len > 0 ? memchr(size.ptr, 'x', size.len) : NULL;
    for (size_t i = 0; i < size.len; i++)
        if (strchr("0123456789%xpem", size.ptr[i]) == NULL)
            return false;
    if (x == NULL)
        return false;
    image->width = span_between(size.ptr, x);
    image->height = span_between(x + 1, size.ptr + size.len);
    *text = span_skip(rest, 1);
    return true;
}

/* The next word, up to a blank or to what begins a value. */
static struct span take_name(struct span *text)
{
    struct span name;

    while (text->len > 0 && (isspace((unsigned char)text->ptr[0]) || text->ptr[0] == '"'))
        *text = span_skip(*text, 1);
    name = (struct span){text->ptr, 0};
    while (text->len > 0 && !isspace((unsigned char)text->ptr[0]) && text->ptr[0] != '=') {
        name.len++;
        *text = span_skip(*text, 1);
    }
    return name;
}

bool hackmd_next_attribute(struct span *text, struct span *name, struct span *value)
{
    while (text->len > 0) {
        *name = take_name(text);
        *value = (struct span){name->ptr + name->len, 0};
        if (span_starts(*text, "=\"")) {
            *text = span_skip(*text, 2);
            if (!span_find(text, "\"", value))
                return false;
            *text = span_skip(*text, 1);
            return true;
        }
        if (span_starts(*name, "data-") && !span_starts(*text, "="))
            return true;
        *text = span_skip(*text, 1);
    }
    return false;
}

struct span hackmd_comment(struct span text, const char *kind)
{
    struct span words = {0};

    if (!span_starts(text, "<!--"))
        return words;
    text = span_skip(text, 4);
    while (text.len > 0 && (isspace((unsigned char)text.ptr[0]) || text.ptr[0] == '{'))
        text = span_skip(text, 1);
    if (span_starts(text, kind)) {
        text = span_skip(text, strlen(kind));
        span_find(&text, "-->", &words);
        words = span_skip(words, span_starts(words, ":"));
        while (words.len > 0 && strchr(" \t\r\n}", words.ptr[words.len - 1]) != NULL)
            words.len--;
    }
    return words;
}
