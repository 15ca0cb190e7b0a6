#include "heddle/base/html.h"

#include <gumbo.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "heddle/base/array.h"
#include "heddle/base/escape.h"

/* Nodes --------------------------------------------------------------------- */

static struct html_node *new_node(struct arena *arena, enum html_kind kind)
{
    struct html_node *node = arena_alloc(arena, sizeof *node);

    node->kind = kind;
    return node;
}

struct html_node *html_new_root(struct arena *arena)
{
    return new_node(arena, HTML_ELEMENT);
}

struct html_node *html_new_text(struct arena *arena, struct span text)
{
    struct html_node *node = new_node(arena, HTML_TEXT);

    node->markup = text;
    return node;
}

struct html_node *html_new_element(struct arena *arena, const char *name)
{
    struct html_node *node = new_node(arena, HTML_ELEMENT);
    struct buf tag = {0};

    node->name = span_of(name);
    buf_addf(&tag, "<%s>", name);
    node->markup = buf_take(&tag, arena);
    buf_addf(&tag, "</%s>", name);
    node->end = buf_take(&tag, arena);
    return node;
}

void html_insert(struct html_node *parent, struct html_node *node, struct html_node *next)
{
    struct html_node *before = next != NULL ? next->before : parent->last;

    node->parent = parent;
    node->before = before;
    node->next = next;
    *(before != NULL ? &before->next : &parent->first) = node;
    *(next != NULL ? &next->before : &parent->last) = node;
}

void html_remove(struct html_node *node)
{
    *(node->before != NULL ? &node->before->next : &node->parent->first) = node->next;
    *(node->next != NULL ? &node->next->before : &node->parent->last) = node->before;
    node->parent = node->before = node->next = NULL;
}

/* Reading ------------------------------------------------------------------- */

static struct span piece_of(GumboStringPiece piece)
{
    return (struct span){piece.data, piece.length};
}

/* Without quotes. Where there is none, Gumbo names the name. */
static struct span written_value(const GumboAttribute *attr)
{
    struct span value = piece_of(attr->original_value);
    bool quoted = value.len > 1 && (value.ptr[0] == '"' || value.ptr[0] == '\'');

    if (value.ptr == attr->original_name.data)
        return (struct span){0};
    return quoted ? (struct span){value.ptr + 1, value.len - 2} : value;
}

static bool has_entity(struct span text)
{
    return text.len > 0 && memchr(text.ptr, '&', text.len) != NULL;
}

static void read_attrs(struct html_node *node, const GumboVector *attrs, struct arena *arena)
{
    node->attr_count = attrs->length;
    node->attrs = arena_array(arena, attrs->length, sizeof *node->attrs);
    for (unsigned i = 0; i < attrs->length; i++) {
        const GumboAttribute *attr = attrs->data[i];
        struct html_attr *copy = &node->attrs[i];

        copy->name = piece_of(attr->original_name);
        copy->written = copy->value = written_value(attr);
        if (has_entity(copy->value))
            copy->value = (struct span){arena_copy(arena, attr->value, strlen(attr->value)),
                                        strlen(attr->value)};
    }
}

static struct span name_of(const GumboElement *element, struct arena *arena)
{
    GumboStringPiece name = element->original_tag;
    char *copy;

    if (element->tag != GUMBO_TAG_UNKNOWN)
        return span_of(gumbo_normalized_tagname(element->tag));
    gumbo_tag_from_original_text(&name);
    copy = arena_copy(arena, name.data, name.length);
    for (size_t i = 0; i < name.length; i++)
        copy[i] = (char)(copy[i] >= 'A' && copy[i] <= 'Z' ? copy[i] - 'A' + 'a' : copy[i]);
    return (struct span){copy, name.length};
}

/* An unquoted value takes the slash that is written behind it. */
static bool ends_itself(const struct html_node *node)
{
    const char *slash = node->markup.ptr + node->markup.len - 2;

    for (size_t i = 0; span_ends(node->markup, "/>") && i < node->attr_count; i++) {
        struct span value = node->attrs[i].written;

        if (value.len > 0 && value.ptr + value.len > slash)
            return false;
    }
    return span_ends(node->markup, "/>");
}

/* HTML, section 13.1.2: elements that have no end. A slash says so of SVG's and MathML's alone. */
static bool is_void(const struct html_node *node, GumboNamespaceEnum space)
{
    static const char *const names[] = {"area",  "base", "br",   "col",    "embed", "hr", "img",
                                        "input", "link", "meta", "source", "track", "wbr"};

    if (space != GUMBO_NAMESPACE_HTML)
        return ends_itself(node);
    return SPAN_IS_ANY(node->name, names);
}

/* Gumbo names whatever tag ended an element, be it another's. */
static bool is_end_of(struct span end, struct span name)
{
    return end.len > name.len + 2 && strncasecmp(end.ptr + 2, name.ptr, name.len) == 0 &&
           strchr("> \t\n\r\f/", end.ptr[name.len + 2]) != NULL;
}

/* What nobody wrote has no tags; what was opened is closed. */
static struct html_node *read_element(const GumboElement *element, struct arena *arena)
{
    struct html_node *node = new_node(arena, HTML_ELEMENT);
    struct buf end = {0};

    node->markup = piece_of(element->original_tag);
    node->name = name_of(element, arena);
    read_attrs(node, &element->attributes, arena);
    if (node->markup.len == 0 || is_void(node, element->tag_namespace))
        return node;
    node->end = piece_of(element->original_end_tag);
    if (!is_end_of(node->end, node->name)) {
        buf_addf(&end, "</%.*s>", SPAN_ARG(node->name));
        node->end = buf_take(&end, arena);
    }
    return node;
}

static bool is_element(const GumboNode *node)
{
    return node->type == GUMBO_NODE_ELEMENT || node->type == GUMBO_NODE_TEMPLATE;
}

static bool holds_raw_text(const GumboNode *node)
{
    static const GumboTag tags[] = {GUMBO_TAG_SCRIPT, GUMBO_TAG_STYLE, GUMBO_TAG_IFRAME,
                                    GUMBO_TAG_NOSCRIPT, GUMBO_TAG_XMP};

    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
        if (is_element(node) && node->v.element.tag == tags[i])
            return true;
    return false;
}

/* Where Gumbo passes by a tag that ends nothing, its text has that tag in it. */
static struct span written_text(const GumboNode *from, struct arena *arena)
{
    struct span text = piece_of(from->v.text.original_text);
    struct buf clean = {0};

    if (text.len == 0 || memchr(text.ptr, '<', text.len) == NULL || holds_raw_text(from->parent))
        return text;
    escape_html(&clean, span_of(from->v.text.text));
    return buf_take(&clean, arena);
}

/* HTML, section 13.1.2.5: the first line's end behind these start tags is no part of the text. */
static bool drops_first_line_end(const GumboNode *node)
{
    return is_element(node) &&
           (node->v.element.tag == GUMBO_TAG_PRE || node->v.element.tag == GUMBO_TAG_LISTING ||
            node->v.element.tag == GUMBO_TAG_TEXTAREA);
}

/* As an element that a stray end tag has made: it is written by nobody. */
static bool is_nothing(const GumboNode *node)
{
    return is_element(node) && node->v.element.original_tag.length == 0 &&
           node->v.element.children.length == 0;
}

static bool is_first_written(const GumboNode *node)
{
    size_t i = 0;

    while (i < node->index_within_parent && is_nothing(node->parent->v.element.children.data[i]))
        i++;
    return i == node->index_within_parent;
}

/* So text that begins with an empty line has one more in front of it. */
static struct span read_text(const GumboNode *from, struct arena *arena)
{
    struct span text = written_text(from, arena);
    struct buf longer = {0};

    if (!drops_first_line_end(from->parent) || !is_first_written(from) ||
        (!span_starts(text, "\n") && !span_starts(text, "\r")))
        return text;
    buf_addc(&longer, '\n');
    buf_add(&longer, text);
    return buf_take(&longer, arena);
}

/* A comment that nothing closes would take what is written behind it. */
static struct span read_comment(const GumboNode *from, struct arena *arena)
{
    struct span text = piece_of(from->v.text.original_text);
    bool written = span_starts(text, "<!--");
    struct buf closed = {0};

    if (written ? span_ends(text, "-->") || span_ends(text, "--!>") : span_ends(text, ">"))
        return text;
    buf_add(&closed, text);
    buf_adds(&closed, written ? "-->" : ">");
    return buf_take(&closed, arena);
}

static struct html_node *read_node(const GumboNode *from, struct arena *arena)
{
    struct html_node *node;

    bool comment = from->type == GUMBO_NODE_COMMENT;

    if (is_element(from))
        return read_element(&from->v.element, arena);
    node = new_node(arena, comment ? HTML_COMMENT : HTML_TEXT);
    node->markup = comment ? read_comment(from, arena) : read_text(from, arena);
    return node;
}

/* An element whose children are being read, and the place of these. */
struct level {
    const GumboVector *children;
    unsigned next;
    struct html_node *into;
};

static void read_children(const GumboNode *root, struct html_node *top, struct arena *arena)
{
    struct level *levels = NULL;
    size_t depth = 0, cap = 0;

    *ARRAY_PUSH(levels, depth, cap) = (struct level){&root->v.element.children, 0, top};
    while (depth > 0) {
        struct level *level = &levels[depth - 1];
        const GumboNode *from;
        struct html_node *node, *into = level->into;

        if (level->next == level->children->length) {
            depth--;
            continue;
        }
        from = level->children->data[level->next++];
        node = read_node(from, arena);
        html_insert(into, node, NULL);
        into = depth < HTML_DEEPEST ? node : into;
        if (is_element(from))
            *ARRAY_PUSH(levels, depth, cap) = (struct level){&from->v.element.children, 0, into};
    }
    free(levels);
}

static struct span without_controls(struct span text, struct arena *arena)
{
    struct buf out = {0};

    for (size_t i = 0; i < text.len; i++)
        if ((unsigned char)text.ptr[i] < 0x20 && strchr("\t\n\r", text.ptr[i]) == NULL) {
            escape_controls(&out, text);
            return buf_take(&out, arena);
        }
    return text;
}

struct html_node *html_read(struct arena *arena, struct span text)
{
    struct html_node *root = html_new_root(arena);
    GumboOptions options = kGumboDefaultOptions;
    GumboOutput *output;

    options.fragment_context = GUMBO_TAG_DIV;
    options.max_errors = 0;
    text = without_controls(text, arena);
    output = gumbo_parse_with_options(&options, text.len > 0 ? text.ptr : "", text.len);
    read_children(output->root, root, arena);
    gumbo_destroy_output(&options, output);
    return root;
}

struct html_node *html_read_first(struct arena *arena, struct span text)
{
    struct html_node *node = html_read(arena, text)->first;

    return node != NULL && node->kind == HTML_ELEMENT && node->markup.ptr == text.ptr ? node : NULL;
}

struct span html_whole(const struct html_node *node, struct span text)
{
    bool written = node->end.ptr >= text.ptr && node->end.ptr < text.ptr + text.len;

    return written ? span_between(node->markup.ptr, node->end.ptr + node->end.len)
                   : (struct span){node->markup.ptr, 0};
}

/* Attributes ---------------------------------------------------------------- */

bool html_is(const struct html_node *node, const char *name)
{
    return node->kind == HTML_ELEMENT && span_is(node->name, name);
}

static struct html_attr *find_attr(const struct html_node *node, const char *name)
{
    size_t len = strlen(name);

    for (size_t i = 0; i < node->attr_count; i++)
        if (node->attrs[i].name.len == len && strncasecmp(node->attrs[i].name.ptr, name, len) == 0)
            return &node->attrs[i];
    return NULL;
}

const struct html_attr *html_attr(const struct html_node *node, const char *name)
{
    return find_attr(node, name);
}

bool html_has_class(const struct html_node *node, const char *class)
{
    const struct html_attr *attr = find_attr(node, "class");
    struct span rest = attr != NULL ? attr->value : (struct span){0};

    while (rest.len > 0) {
        size_t len = 0;

        while (len < rest.len && strchr(" \t\n\r\f", rest.ptr[len]) == NULL)
            len++;
        if (len > 0 && span_is((struct span){rest.ptr, len}, class))
            return true;
        rest = span_skip(rest, len + 1);
    }
    return false;
}

/* The tag anew; where each value stands in it is known when it is done. */
static void write_tag(struct html_node *node, struct arena *arena)
{
    bool closed = span_ends(node->markup, "/>");
    struct buf tag = {0};
    size_t *offsets = arena_array(arena, node->attr_count, sizeof *offsets);

    buf_addf(&tag, "<%.*s", SPAN_ARG(node->name));
    for (size_t i = 0; i < node->attr_count; i++) {
        buf_addf(&tag, " %.*s=\"", SPAN_ARG(node->attrs[i].name));
        offsets[i] = tag.len;
        buf_add(&tag, node->attrs[i].written);
        buf_addc(&tag, '"');
    }
    buf_adds(&tag, closed ? " />" : ">");
    node->markup = buf_take(&tag, arena);
    for (size_t i = 0; i < node->attr_count; i++)
        node->attrs[i].written.ptr = node->markup.ptr + offsets[i];
}

void html_set(struct html_node *node, const char *name, struct span value, struct arena *arena)
{
    struct html_attr *attr = find_attr(node, name), *more;
    struct buf written = {0};

    if (attr == NULL) {
        more = arena_array(arena, node->attr_count + 1, sizeof *more);
        if (node->attr_count > 0)
            memcpy(more, node->attrs, node->attr_count * sizeof *more);
        node->attrs = more;
        attr = &more[node->attr_count++];
        attr->name = (struct span){arena_copy(arena, name, strlen(name)), strlen(name)};
    }
    attr->value =
        (struct span){value.len > 0 ? arena_copy(arena, value.ptr, value.len) : "", value.len};
    escape_html(&written, value);
    attr->written = buf_take(&written, arena);
    write_tag(node, arena);
}

void html_unset(struct html_node *node, const char *name, struct arena *arena)
{
    struct html_attr *attr = find_attr(node, name);

    if (attr == NULL)
        return;
    node->attr_count--;
    memmove(attr, attr + 1, (size_t)(node->attrs + node->attr_count - attr) * sizeof *attr);
    write_tag(node, arena);
}

/* Writing ------------------------------------------------------------------- */

void html_add(struct buf *out, const struct html_node *node)
{
    buf_add(out, node->markup);
    for (const struct html_node *child = node->first; child != NULL; child = child->next)
        html_add(out, child);
    buf_add(out, node->end);
}

void html_add_text(struct buf *out, const struct html_node *node)
{
    if (node->kind == HTML_TEXT)
        buf_add(out, node->markup);
    for (const struct html_node *child = node->first; child != NULL; child = child->next)
        html_add_text(out, child);
}
