/*
 * HTML as a tree: read as browsers read it (by Gumbo, which follows the HTML
 * standard), changed, and written again.
 *
 * Tags and text keep the bytes that they had; only what is changed is written
 * anew. What a parser adds (the end of a <p> that nothing closes) it adds here
 * too. The tree lives in the caller's arena and points into the text that was
 * read, so both must outlive it. One thread at a time.
 */
#ifndef HEDDLE_BASE_HTML_H
#define HEDDLE_BASE_HTML_H

#include "heddle/base/arena.h"
#include "heddle/base/text.h"

enum html_kind { HTML_ELEMENT, HTML_TEXT, HTML_COMMENT };

struct html_attr {
    struct span name;
    struct span value;   /* what it says, without entities */
    struct span written; /* the same as it stands in the node's tag */
};

struct html_node {
    enum html_kind kind;
    struct span name;   /* of an element, in lower case: "div" */
    struct span markup; /* an element's opening tag, else all of it, as written */
    struct span end;    /* an element's closing tag */
    struct html_attr *attrs;
    size_t attr_count;
    struct html_node *parent, *before, *next, *first, *last;
    struct span origin; /* for the tree's user: what it comes from */
};

/* The deepest that elements stand in each other; what is deeper stands beside. */
enum { HTML_DEEPEST = 256 };

/* A root without tags, with what the text says inside. Control characters that
 * no document may hold become U+FFFD. */
struct html_node *html_read(struct arena *arena, struct span text);

/* The element whose tag is at the start of a text, without what encloses it; NULL: there is
 * no tag. */
struct html_node *html_read_first(struct arena *arena, struct span text);

/* From an element's tag to its end, in the text that was read; empty where nobody wrote
 * the end. */
struct span html_whole(const struct html_node *node, struct span text);

/* One with nothing inside. */
struct html_node *html_new_root(struct arena *arena);

bool html_is(const struct html_node *node, const char *name); /* an element of that name */
bool html_has_class(const struct html_node *node, const char *class);

/* NULL: it has no such attribute, or is no element. */
const struct html_attr *html_attr(const struct html_node *node, const char *name);

/* Give an element an attribute, or another value of it; or take one away. */
void html_set(struct html_node *node, const char *name, struct span value, struct arena *arena);
void html_unset(struct html_node *node, const char *name, struct arena *arena);

/* A node that stands nowhere yet; `text` is written as it is. */
struct html_node *html_new_element(struct arena *arena, const char *name);
struct html_node *html_new_text(struct arena *arena, struct span text);

/* Put a node before `next`, or at the end of `parent` when that is NULL. */
void html_insert(struct html_node *parent, struct html_node *node, struct html_node *next);
void html_remove(struct html_node *node);

/* Append a node as HTML, and its text alone, entities as they are. */
void html_add(struct buf *out, const struct html_node *node);
void html_add_text(struct buf *out, const struct html_node *node);

#endif
