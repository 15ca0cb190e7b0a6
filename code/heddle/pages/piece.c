#include "heddle/pages/piece.h"

#include <stdlib.h>

#include "heddle/base/array.h"

void piece_free(struct piece *piece)
{
    buf_free(&piece->html);
    free(piece->marks);
    *piece = (struct piece){0};
}

static struct mark *add_mark(struct piece *piece, enum mark_kind kind, size_t len)
{
    struct mark *mark = ARRAY_PUSH(piece->marks, piece->count, piece->cap);

    *mark = (struct mark){.kind = kind, .at = piece->html.len, .len = len};
    return mark;
}

void piece_mark_book(struct piece *piece, bool begins)
{
    add_mark(piece, begins ? MARK_BOOK : MARK_BOOK_END, 0);
}

void piece_mark_deck(struct piece *piece, bool begins)
{
    add_mark(piece, begins ? MARK_DECK : MARK_DECK_END, 0);
}

/* Before its tag is added: the mark of one of its attributes. */
static void mark_attr(struct piece *piece, const struct html_node *node,
                      const struct html_attr *attr, const struct source *source)
{
    bool is_id = span_is(attr->name, "id");
    struct mark *mark;

    if (attr->written.len == 0 || /* it need not stand in the tag */
        (!is_id &&
         (!html_is(node, "a") || !span_is(attr->name, "href") || !span_starts(attr->written, "#"))))
        return;
    mark = add_mark(piece, is_id ? MARK_ID : MARK_LINK, attr->written.len - !is_id);
    mark->at += (size_t)(attr->written.ptr - node->markup.ptr) + !is_id;
    mark->source = node->origin.ptr != NULL ? source : NULL;
    mark->origin = node->origin;
}

void piece_add_tag(struct piece *piece, const struct html_node *node, const struct source *source)
{
    if (html_has_class(node, "book"))
        piece_mark_book(piece, true);
    for (size_t i = 0; i < node->attr_count; i++)
        mark_attr(piece, node, &node->attrs[i], source);
    buf_add(&piece->html, node->markup);
}

void piece_add_end(struct piece *piece, const struct html_node *node)
{
    buf_add(&piece->html, node->end);
    if (html_has_class(node, "book"))
        piece_mark_book(piece, false);
}

void piece_add_link(struct piece *piece, struct span id)
{
    buf_adds(&piece->html, "<a href=\"#");
    add_mark(piece, MARK_LINK, id.len);
    buf_add(&piece->html, id);
    buf_adds(&piece->html, "\">");
}

void piece_add_id(struct piece *piece, struct span id)
{
    buf_adds(&piece->html, " id=\"");
    add_mark(piece, MARK_ID, id.len);
    buf_add(&piece->html, id);
    buf_addc(&piece->html, '"');
}

struct span piece_marked(const struct piece *piece, const struct mark *mark)
{
    return (struct span){piece->html.ptr + mark->at, mark->len};
}

/* The HTML from `*at` on up to `end`. */
static void copy_until(struct piece *piece, const struct piece *from, size_t *at, size_t end)
{
    buf_add(&piece->html, span_between(from->html.ptr + *at, from->html.ptr + end));
    *at = end;
}

void piece_append(struct piece *piece, const struct piece *from, enum piece_for reader)
{
    enum mark_kind hide = reader == PIECE_FOR_BOOK ? MARK_DECK : MARK_BOOK;
    size_t at = 0;
    unsigned hidden = 0;

    for (size_t i = 0; i < from->count; i++) {
        const struct mark *mark = &from->marks[i];
        bool ends = mark->kind == hide + 1;

        if (hidden == 0)
            copy_until(piece, from, &at, mark->at);
        hidden += reader != PIECE_FOR_BOTH && mark->kind == hide;
        if (hidden == 0) {
            struct mark *copy = ARRAY_PUSH(piece->marks, piece->count, piece->cap);

            *copy = *mark;
            copy->at = piece->html.len;
        } else if (ends && --hidden == 0) {
            at = mark->at;
        }
    }
    if (hidden == 0)
        copy_until(piece, from, &at, from->html.len);
}
