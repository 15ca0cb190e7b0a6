#define _GNU_SOURCE     /* memmem */
#include "html.h"

#include <string.h>

static const char *entity(char c)
{
    switch (c) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return "&quot;";
    default: return NULL;
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

    return (u >= 'a' && u <= 'z') || (u >= 'A' && u <= 'Z') || (u >= '0' && u <= '9')
        || u >= 0x80 || (u != 0 && strchr("._-/", c) != NULL);
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
