#include "heddle/slides/hackmd_html.h"

#include <ctype.h>
#include <string.h>

#include "heddle/read/container.h"
#include "heddle/read/hackmd_attr.h"
#include "heddle/slides/talk_style.h"

/* A place in a text node, which is being read from left to right. */
struct cursor {
    struct html_node *node;
    struct span rest; /* of its text */
    struct arena *arena;
    bool quoted; /* in a <blockquote> */
};

/* Text ---------------------------------------------------------------------- */

/* End the node before the cursor, and go on in a node that begins there. */
static void split(struct cursor *cursor)
{
    struct html_node *node = cursor->node;
    struct html_node *behind = html_new_text(cursor->arena, cursor->rest);

    node->markup.len -= cursor->rest.len;
    html_insert(node->parent, behind, node->next);
    cursor->node = behind;
}

/* The first `count` bytes behind the cursor go. */
static void drop(struct cursor *cursor, size_t count)
{
    split(cursor);
    cursor->rest = cursor->node->markup = span_skip(cursor->rest, count);
}

/* Put a node in front of the cursor, which stands at its node's start. */
static void put(struct cursor *cursor, struct html_node *node)
{
    html_insert(cursor->node->parent, node, cursor->node);
}

static struct html_node *new_with_text(struct arena *arena, const char *name, struct span text)
{
    struct html_node *element = html_new_element(arena, name);

    html_insert(element, html_new_text(arena, text), NULL);
    return element;
}

/* What stands between delimiters -------------------------------------------- */

static const struct {
    const char *mark, *element;
    bool whole; /* it may hold blanks and elements */
} delimiters[] = {
    {"==", "mark", true},
    {"++", "ins", true},
    {"^", "sup", false},
    {"~", "sub", false},
};

static bool is_mark(char c)
{
    return ispunct((unsigned char)c) && c != '<' && c != '>' && c != '&';
}

/* CommonMark's rule for what may open and close emphasis (0.30, section 6.2). */
static bool flanks(char outside, char inside)
{
    bool edge = isspace((unsigned char)outside) || outside == '>' || outside == '<' ||
                outside == '\0' || is_mark(outside);

    return !isspace((unsigned char)inside) && inside != '\0' && (!is_mark(inside) || edge);
}

/* The byte before or behind a place in a node's text: a tag's, where that ends. */
static char byte_before(const struct html_node *node, const char *at)
{
    return at > node->markup.ptr ? at[-1] : node->before != NULL ? '>' : '\0';
}

static char byte_behind(const struct html_node *node, const char *at)
{
    return at < node->markup.ptr + node->markup.len ? *at : node->next != NULL ? '<' : '\0';
}

static bool has_blank(struct span text)
{
    for (size_t i = 0; i < text.len; i++)
        if (isspace((unsigned char)text.ptr[i]))
            return true;
    return false;
}

/* The delimiter that closes what the cursor's opens: in the same text or, when
 * that may hold elements, in a later one beside it. */
static bool find_end(const struct cursor *cursor, size_t kind, struct cursor *end)
{
    const char *mark = delimiters[kind].mark;
    size_t len = strlen(mark);
    struct span before;

    *end = *cursor;
    end->rest = span_skip(cursor->rest, len);
    do {
        while (end->node->kind == HTML_TEXT && span_find(&end->rest, mark, &before)) {
            bool empty = end->node == cursor->node && end->rest.ptr == cursor->rest.ptr + len;

            if (!delimiters[kind].whole && (empty || has_blank(before)))
                return false;
            if (!empty && flanks(byte_behind(end->node, end->rest.ptr + len),
                                 byte_before(end->node, end->rest.ptr)))
                return true;
            end->rest = span_skip(end->rest, len);
        }
        end->node = end->node->next;
        end->rest = end->node != NULL ? end->node->markup : (struct span){0};
    } while (delimiters[kind].whole && end->node != NULL);
    return false;
}

/* Move what is between two delimiters into an element. The cursor is left behind
 * it, and what is inside is read with the element's other children. */
static void wrap(struct cursor *cursor, size_t kind, struct cursor *end)
{
    struct html_node *element = html_new_element(cursor->arena, delimiters[kind].element);
    size_t len = strlen(delimiters[kind].mark);
    bool same = end->node == cursor->node;
    struct html_node *child, *next;

    drop(cursor, len);
    if (same)
        end->node = cursor->node;
    drop(end, len);
    put(cursor, element);
    for (child = cursor->node; child != end->node; child = next) {
        next = child->next;
        html_remove(child);
        html_insert(element, child, NULL);
    }
    *cursor = *end;
}

static void finish_children(struct html_node *parent, bool quoted, struct arena *arena);

static bool take_marked(struct cursor *cursor)
{
    char before = byte_before(cursor->node, cursor->rest.ptr);

    for (size_t i = 0; i < sizeof delimiters / sizeof *delimiters; i++) {
        const char *mark = delimiters[i].mark;
        struct cursor end;

        if (span_starts(cursor->rest, mark) &&
            flanks(before, byte_behind(cursor->node, cursor->rest.ptr + strlen(mark))) &&
            find_end(cursor, i, &end)) {
            wrap(cursor, i, &end);
            finish_children(cursor->node->before, cursor->quoted, cursor->arena);
            return true;
        }
    }
    return false;
}

/* Brackets and braces ------------------------------------------------------- */

/* [name=W] [time=...] [color=red] in a quote: who said it, and when. */
static bool take_quote_tag(struct cursor *cursor)
{
    static const char *const keys[] = {"[name=", "[time=", "[color="};
    struct span value;

    for (size_t i = 0; cursor->quoted && i < sizeof keys / sizeof *keys; i++) {
        struct span rest = span_skip(cursor->rest, strlen(keys[i]));
        struct buf words = {0};

        if (!span_starts(cursor->rest, keys[i]) || !span_find(&rest, "]", &value))
            continue;
        drop(cursor, strlen(keys[i]) + value.len + 1);
        buf_addf(&words, "%s%.*s", i == 0 ? "\xe2\x80\x94 " : "", SPAN_ARG(value));
        if (i < 2)
            put(cursor, new_with_text(cursor->arena, "cite", buf_take(&words, cursor->arena)));
        buf_free(&words);
        return true;
    }
    return false;
}

/* {ruby base|above} */
static bool take_ruby(struct cursor *cursor)
{
    struct span rest = span_skip(cursor->rest, strlen("{ruby ")), inner;
    struct html_node *ruby;
    const char *bar;

    if (!span_starts(cursor->rest, "{ruby ") || !span_find(&rest, "}", &inner) || inner.len == 0)
        return false;
    bar = memchr(inner.ptr, '|', inner.len);
    if (bar == NULL)
        return false;
    drop(cursor, strlen("{ruby }") + inner.len);
    ruby = new_with_text(cursor->arena, "ruby", span_between(inner.ptr, bar));
    html_insert(ruby,
                new_with_text(cursor->arena, "rt", span_between(bar + 1, inner.ptr + inner.len)),
                NULL);
    put(cursor, ruby);
    return true;
}

/* Whether nothing but line ends stands before the node in its parent. */
static bool is_first(const struct html_node *node)
{
    for (node = node->before; node != NULL; node = node->before)
        if (node->kind != HTML_TEXT || container_run(node->markup, '\n') < node->markup.len)
            return false;
    return true;
}

static bool begins_item(const struct cursor *cursor)
{
    const struct html_node *node = cursor->node;

    if (cursor->rest.len < node->markup.len || !is_first(node))
        return false;
    if (html_is(node->parent, "p") && is_first(node->parent))
        node = node->parent;
    return html_is(node->parent, "li");
}

/* [ ] and [x] where a list's item begins. */
static bool take_task(struct cursor *cursor)
{
    bool done = span_starts(cursor->rest, "[x] ") || span_starts(cursor->rest, "[X] ");

    if ((!done && !span_starts(cursor->rest, "[ ] ")) || !begins_item(cursor))
        return false;
    drop(cursor, strlen("[ ] "));
    put(cursor, html_new_text(cursor->arena, span_of(done ? "\xe2\x98\x91 " : "\xe2\x98\x90 ")));
    return true;
}

/* Returns the node to go on behind. */
static struct html_node *finish_text(struct html_node *node, bool quoted, struct arena *arena)
{
    struct cursor cursor = {node, node->markup, arena, quoted};

    while (cursor.rest.len > 0)
        if (!take_task(&cursor) && !take_quote_tag(&cursor) && !take_ruby(&cursor) &&
            !take_marked(&cursor))
            cursor.rest = span_skip(cursor.rest, 1);
    return cursor.node;
}

/* Elements ------------------------------------------------------------------ */

static bool is_literal(const struct html_node *node)
{
    static const char *const names[] = {"code", "math", "script", "style", "pre"};

    return node->kind == HTML_ELEMENT && SPAN_IS_ANY(node->name, names);
}

/* To reveal.js a formula is text still. */
static bool is_element(const struct html_node *node)
{
    return node->kind == HTML_ELEMENT && !html_is(node, "br") && !html_is(node, "math") &&
           !html_has_class(node, "math");
}

/* reveal.js gives them to the element before the comment, or around it. */
static struct html_node *marked_by(const struct html_node *comment)
{
    struct html_node *node = comment->before;

    while (node != NULL && !is_element(node))
        node = node->before;
    return node != NULL ? node : comment->parent;
}

static bool is_taken_over(struct span name)
{
    static const char *const names[] = {"class", "style", "width", "height", "title"};

    return SPAN_IS_ANY(name, names) || span_starts(name, "data-");
}

/* A class or a style joins those that the element has. */
static void add_attribute(struct html_node *node, struct span name, struct span value,
                          struct arena *arena)
{
    const char *key = arena_copy(arena, name.ptr, name.len);
    const struct html_attr *old = html_attr(node, key);
    struct buf joined = {0};

    if (old != NULL && old->value.len > 0 && !span_starts(name, "data-")) {
        buf_addf(&joined, "%.*s%s%.*s", SPAN_ARG(old->value), span_is(name, "class") ? " " : ";",
                 SPAN_ARG(value));
        value = buf_take(&joined, arena);
    }
    html_set(node, key, value, arena);
    buf_free(&joined);
}

static void finish_comment(const struct html_node *comment, struct arena *arena)
{
    struct span words = hackmd_comment(comment->markup, ".element"), name, value;
    struct html_node *node = marked_by(comment);

    while (node->markup.len > 0 && hackmd_next_attribute(&words, &name, &value))
        if (is_taken_over(name))
            add_attribute(node, name, value, arena);
}

/* A <br> at a line's end: pandoc breaks there, too, and once is enough. */
static bool is_double_break(const struct html_node *node)
{
    const struct html_node *next = node->next;

    if (next != NULL && next->kind == HTML_TEXT && span_trim(next->markup).len == 0)
        next = next->next;
    return html_is(node, "br") && next != NULL && span_is(next->markup, "<br />") &&
           next->next != NULL && span_starts(next->next->markup, "\n");
}

/* Deckset's word for a heading as wide as its slide. */
static void drop_fit(struct html_node *heading)
{
    struct html_node *text = heading->first;

    if (heading->kind == HTML_ELEMENT && heading->name.len == 2 && heading->name.ptr[0] == 'h' &&
        isdigit((unsigned char)heading->name.ptr[1]) && text != NULL && text->kind == HTML_TEXT &&
        span_starts(text->markup, "[fit] "))
        text->markup = span_skip(text->markup, strlen("[fit] "));
}

static struct html_node *finish_node(struct html_node *node, bool quoted, struct arena *arena)
{
    struct html_node *next = node->next;

    drop_fit(node);

    if (is_double_break(node)) {
        html_remove(node);
        return next;
    }
    if (node->kind == HTML_TEXT)
        return finish_text(node, quoted, arena)->next;
    if (node->kind == HTML_COMMENT)
        finish_comment(node, arena);
    else if (!is_literal(node))
        finish_children(node, quoted || html_is(node, "blockquote"), arena);
    return next;
}

static void finish_children(struct html_node *parent, bool quoted, struct arena *arena)
{
    for (struct html_node *node = parent->first; node != NULL;)
        node = finish_node(node, quoted, arena);
}

static void finish_styles(struct html_node *node, const struct chapter *chapter,
                          struct arena *arena, struct diags *diags)
{
    if (html_is(node, "style"))
        talk_style_finish(node, chapter, arena, diags);
    for (struct html_node *child = node->first; child != NULL; child = child->next)
        finish_styles(child, chapter, arena, diags);
}

void hackmd_finish(struct html_node *root, const struct chapter *chapter, struct arena *arena,
                   struct diags *diags)
{
    finish_children(root, false, arena);
    if (talk_style_is_in(chapter))
        finish_styles(root, chapter, arena, diags);
}
