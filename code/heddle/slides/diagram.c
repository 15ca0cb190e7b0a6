#include "heddle/slides/diagram.h"

#include <ctype.h>
#include <string.h>

#include "heddle/read/container.h"

static bool is_space(char c)
{
    return isspace((unsigned char)c) != 0;
}

static struct span trim(struct span text)
{
    while (text.len > 0 && is_space(text.ptr[0]))
        text = span_skip(text, 1);
    while (text.len > 0 && is_space(text.ptr[text.len - 1]))
        text.len--;
    return text;
}

/* The class in a tag, if it is a word of class="..." */
static struct span class_in(struct span tag, const char *class)
{
    size_t len = strlen(class);
    struct span before;

    if (!span_find(&tag, "class=", &before))
        return (struct span){0};
    for (; span_find(&tag, class, &before); tag = span_skip(tag, len)) {
        char behind = tag.len > len ? tag.ptr[len] : '>';

        if (strchr("\"'= ", tag.ptr[-1]) != NULL && strchr("\"'> ", behind) != NULL)
            return (struct span){tag.ptr, len};
    }
    return (struct span){0};
}

/* The next tag with that class in the text, which is left behind the tag. */
static struct span find_tag(struct span *text, struct span *word)
{
    struct span before, tag;

    while (span_find(text, "<", &before)) {
        const char *begin = text->ptr;

        if (!span_find(text, ">", &tag))
            break;
        *text = span_skip(*text, 1);
        *word = class_in(span_between(begin, text->ptr), "mermaid");
        if (word->len > 0)
            return span_between(begin, text->ptr);
    }
    return (struct span){0};
}

/* What its closing tag ends, if that ends the text, too. */
static bool take_inner(struct span tag, struct span text, struct span *inner)
{
    struct span name = span_skip(tag, 1), closing, before;
    struct buf wanted = {0};

    for (name.len = 0; isalpha((unsigned char)name.ptr[name.len]);)
        name.len++;
    buf_addf(&wanted, "</%.*s>", SPAN_ARG(name));
    closing = text;
    *inner = (struct span){0};
    if (span_find(&closing, buf_string(&wanted), &before) && closing.len == wanted.len)
        *inner = trim(before);
    buf_free(&wanted);
    return inner->len > 0;
}

static bool is_shown(struct span text)
{
    return span_starts(text, "<!--") || span_starts(text, "<script") ||
           span_starts(text, "<style") || span_starts(text, "<textarea");
}

/* It stays one when it is written as a block of code, or as a picture. */
static bool is_plain(const struct chapter *chapter, const struct line_range *html,
                     struct span inner)
{
    struct span line = source_line(&chapter->source, html->first);

    return span_trim(line).ptr == container_skip(line).ptr &&
           !span_find(&(struct span){inner.ptr, inner.len}, "```", &(struct span){0});
}

bool diagram_in_html(const struct chapter *chapter, const struct line_range *html,
                     struct span *word, struct span *inner)
{
    const char *const *starts = chapter->source.line_starts;
    struct span text = trim(span_between(starts[html->first - 1], starts[html->last])), tag;
    const char *begin = text.ptr;

    *word = *inner = (struct span){0};
    if (is_shown(text))
        return false;
    tag = find_tag(&text, word);
    return tag.len > 0 && tag.ptr == begin && take_inner(tag, text, inner) &&
           is_plain(chapter, html, *inner);
}

void diagram_add_source(struct span inner, struct buf *out)
{
    static const struct {
        const char *name, *sign;
    } entities[] = {{"&gt;", ">"}, {"&lt;", "<"}, {"&quot;", "\""}, {"&amp;", "&"}};
    enum { COUNT = sizeof entities / sizeof *entities };

    while (inner.len > 0) {
        size_t i = 0;

        while (i < COUNT && !span_starts(inner, entities[i].name))
            i++;
        if (i < COUNT)
            buf_adds(out, entities[i].sign);
        else
            buf_addc(out, inner.ptr[0]);
        inner = span_skip(inner, i < COUNT ? strlen(entities[i].name) : 1);
    }
}
