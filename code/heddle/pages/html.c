#define _GNU_SOURCE /* memmem */
#include "heddle/pages/html.h"

#include <string.h>

static const char *entity(char c)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    default:
        return NULL;
    }
}

void html_add(struct buf *out, struct span text)
{
    for (size_t i = 0; i < text.len; i++) {
        const char *name = entity(text.ptr[i]);

        if (name != NULL)
            buf_adds(out, name);
        else
            buf_addc(out, text.ptr[i]);
    }
}

static bool may_stand_in_id(char c)
{
    unsigned char u = (unsigned char)c;

    return (u >= 'a' && u <= 'z') || (u >= 'A' && u <= 'Z') || (u >= '0' && u <= '9') ||
           u >= 0x80 || (u != 0 && strchr("._-/", c) != NULL);
}

/* The colon before the number and the tilde before a byte stand in no name. */
void html_add_chunk_id(struct buf *out, struct span name, unsigned part)
{
    buf_adds(out, "chunk-");
    for (size_t i = 0; i < name.len; i++) {
        if (may_stand_in_id(name.ptr[i]))
            buf_addc(out, name.ptr[i]);
        else
            buf_addf(out, "~%02x", (unsigned)(unsigned char)name.ptr[i]);
    }
    if (part > 1)
        buf_addf(out, ":%u", part);
}

unsigned html_part_number(const struct part *part)
{
    unsigned number = 1;

    for (const struct part *p = part->chunk->first; p != part; p = p->next)
        number++;
    return number;
}

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

bool html_find(struct span *text, const char *needle, struct span *before)
{
    const char *at = text->len > 0 ? memmem(text->ptr, text->len, needle, strlen(needle)) : NULL;

    if (at == NULL)
        return false;
    *before = span_between(text->ptr, at);
    *text = span_skip(*text, before->len);
    return true;
}

void html_skip_past(struct span *html, const char *needle)
{
    struct span before;

    if (html_find(html, needle, &before))
        *html = span_skip(*html, strlen(needle));
    else
        html->len = 0;
}

/* Elements ------------------------------------------------------------------ */

static bool has_class(struct span tag, const char *class)
{
    static const char start[] = " class=\"";
    struct span before, classes;

    if (!html_find(&tag, start, &before))
        return false;
    tag = span_skip(tag, strlen(start));
    if (!html_find(&tag, "\"", &classes))
        return false;
    while (classes.len > 0) {
        struct span word = classes;

        if (!html_find(&classes, " ", &word))
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
            html_skip_past(html, ">");
    } while (depth > 0 && html_find(html, "<", &before));
}

void html_add_without(struct buf *out, struct span html, const char *class)
{
    struct span before, tag, rest;

    while (html_find(&html, "<", &before)) {
        buf_add(out, before);
        rest = html;
        if (!html_find(&rest, ">", &tag))
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
    found = html_find(html, buf_string(&needle), before);
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
    html_skip_past(&here, ">");
    while (here.len > 0 && here.ptr[0] == '\n')
        here = span_skip(here, 1);
    if (!span_starts(here, "<h"))
        return false;
    html_skip_past(&here, ">");
    html_find(&here, "</h", &text);
    html_add_text(title, text);
    return title->len > begin;
}
