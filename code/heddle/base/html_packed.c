#include "heddle/base/html_packed.h"

/*
 * A node is a letter and what it has: text and comments their markup; an element
 * its tags, name and attributes, then its children and END. A number has seven bits
 * a byte, the lowest first; a span is its length and its bytes.
 */
enum { ELEMENT = 'e', TEXT = 't', COMMENT = 'c', END = '.' };

/* Packing ------------------------------------------------------------------- */

static void add_number(size_t number, struct buf *out)
{
    for (; number > 0x7f; number >>= 7)
        buf_addc(out, (char)(number | 0x80));
    buf_addc(out, (char)number);
}

static void add_span(struct span text, struct buf *out)
{
    add_number(text.len, out);
    buf_add(out, text);
}

/* Names and values as they stand in a tag: marks of a piece (piece.h) go by that. */
static void add_inside(struct span tag, struct span text, struct buf *out)
{
    bool inside = text.len > 0 && text.ptr >= tag.ptr && text.ptr + text.len <= tag.ptr + tag.len;

    add_number(inside ? (size_t)(text.ptr - tag.ptr) + 1 : 0, out);
    if (inside)
        add_number(text.len, out);
    else
        add_span(text, out);
}

static void add_attr(const struct html_node *node, const struct html_attr *attr, struct buf *out)
{
    add_inside(node->markup, attr->name, out);
    add_inside(node->markup, attr->written, out);
    add_inside(node->markup, attr->value, out);
}

static void add_node(const struct html_node *node, struct buf *out)
{
    if (node->kind != HTML_ELEMENT) {
        buf_addc(out, node->kind == HTML_TEXT ? TEXT : COMMENT);
        add_span(node->markup, out);
        return;
    }
    buf_addc(out, ELEMENT);
    add_span(node->markup, out);
    add_span(node->end, out);
    add_span(node->name, out);
    add_number(node->attr_count, out);
    for (size_t i = 0; i < node->attr_count; i++)
        add_attr(node, &node->attrs[i], out);
    html_pack(node, out);
    buf_addc(out, END);
}

void html_pack(const struct html_node *root, struct buf *out)
{
    for (const struct html_node *child = root->first; child != NULL; child = child->next)
        add_node(child, out);
}

/* Unpacking ----------------------------------------------------------------- */

static unsigned char take_byte(struct span *rest)
{
    unsigned char byte = (unsigned char)*rest->ptr++;

    rest->len--;
    return byte;
}

static size_t take_number(struct span *rest)
{
    size_t number = 0;
    unsigned char byte;
    unsigned shift = 0;

    do {
        byte = take_byte(rest);
        number |= (size_t)(byte & 0x7f) << shift;
        shift += 7;
    } while ((byte & 0x80) != 0);
    return number;
}

static struct span take_span(struct span *rest)
{
    size_t len = take_number(rest);
    struct span text = {rest->ptr, len};

    *rest = span_skip(*rest, len);
    return text;
}

static struct span take_inside(struct span tag, struct span *rest)
{
    size_t at = take_number(rest);

    return at > 0 ? (struct span){tag.ptr + at - 1, take_number(rest)} : take_span(rest);
}

static void take_element(struct html_node *node, struct span *rest, struct arena *arena)
{
    node->markup = take_span(rest);
    node->end = take_span(rest);
    node->name = take_span(rest);
    node->attr_count = take_number(rest);
    if (node->attr_count > 0)
        node->attrs = arena_array(arena, node->attr_count, sizeof *node->attrs);
    for (size_t i = 0; i < node->attr_count; i++) {
        struct html_attr *attr = &node->attrs[i];

        attr->name = take_inside(node->markup, rest);
        attr->written = take_inside(node->markup, rest);
        attr->value = take_inside(node->markup, rest);
    }
}

struct html_node *html_unpack(struct arena *arena, struct span packed)
{
    struct html_node *root = html_new_root(arena), *at = root;

    while (packed.len > 0) {
        unsigned char kind = take_byte(&packed);
        struct html_node *node;

        if (kind == END) {
            at = at->parent;
            continue;
        }
        node = arena_alloc(arena, sizeof *node);
        html_insert(at, node, NULL);
        node->kind = kind == ELEMENT ? HTML_ELEMENT : kind == TEXT ? HTML_TEXT : HTML_COMMENT;
        if (kind == ELEMENT)
            take_element(at = node, &packed, arena);
        else
            node->markup = take_span(&packed);
    }
    return root;
}
