#include "heddle/pages/html.h"

#include <string.h>

void html_add_text(struct buf *out, struct span html)
{
    bool in_tag = false;

    for (size_t i = 0; i < html.len; i++) {
        if (html.ptr[i] == '<')
            in_tag = true;
        else if (html.ptr[i] == '>')
            in_tag = false;
        else if (!in_tag)
            buf_addc(out, html.ptr[i]);
    }
}

/* Elements ------------------------------------------------------------------ */

static bool has_class(struct span tag, const char *class)
{
    static const char start[] = " class=\"";
    struct span before, classes;

    if (!span_find(&tag, start, &before))
        return false;
    tag = span_skip(tag, strlen(start));
    if (!span_find(&tag, "\"", &classes))
        return false;
    while (classes.len > 0) {
        struct span word = classes;

        if (!span_find(&classes, " ", &word))
            classes.len = 0;
        if (span_is(word, class))
            return true;
        classes = span_skip(classes, 1);
    }
    return false;
}

/* "<div" of <div id="x">, or "</div" of an end. */
static struct span tag_name(struct span tag)
{
    size_t len = 0;

    while (len < tag.len && strchr(" \t\n>", tag.ptr[len]) == NULL)
        len++;
    return (struct span){tag.ptr, len};
}

/* `html` begins with a tag of this name; move behind the one that closes it. */
static void skip_element(struct span *html, struct span name)
{
    struct span before;
    unsigned depth = 0;

    do {
        struct span here = tag_name(*html);

        if (span_equal(here, name))
            depth++;
        else if (here.len == name.len + 1 && here.ptr[1] == '/' &&
                 memcmp(here.ptr + 2, name.ptr + 1, name.len - 1) == 0)
            depth--;
        *html = span_skip(*html, 1);
        if (depth == 0)
            span_skip_past(html, ">");
    } while (depth > 0 && span_find(html, "<", &before));
}

void html_add_without(struct buf *out, struct span html, const char *class)
{
    struct span before, tag, rest;

    while (span_find(&html, "<", &before)) {
        buf_add(out, before);
        rest = html;
        if (!span_find(&rest, ">", &tag))
            break;
        if (has_class(tag, class)) {
            skip_element(&html, tag_name(html));
        } else {
            buf_add(out, tag);
            html = rest;
        }
    }
    buf_add(out, html);
}

/* Slides -------------------------------------------------------------------- */

bool html_find_slide(struct span *html, struct span id, struct span *before)
{
    struct buf needle = {0};
    bool found;

    buf_addf(&needle, "<section id=\"%.*s\"", SPAN_ARG(id));
    found = span_find(html, buf_string(&needle), before);
    buf_free(&needle);
    return found;
}

bool html_slide_title(struct span *html, struct span id, struct buf *title)
{
    struct span before, text = {0}, here;
    size_t begin = title->len;

    if (!html_find_slide(html, id, &before))
        return false;
    here = *html;
    span_skip_past(&here, ">");
    while (here.len > 0 && here.ptr[0] == '\n')
        here = span_skip(here, 1);
    if (!span_starts(here, "<h"))
        return false;
    span_skip_past(&here, ">");
    span_find(&here, "</h", &text);
    html_add_text(title, text);
    return title->len > begin;
}
