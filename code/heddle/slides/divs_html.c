#include "heddle/slides/divs_html.h"

#include "heddle/base/escape.h"

static void move_children(struct html_node *from, struct html_node *to)
{
    while (from->first != NULL) {
        struct html_node *child = from->first;

        html_remove(child);
        html_insert(to, child, NULL);
    }
}

static void add_text(struct html_node *parent, const char *text, struct arena *arena)
{
    html_insert(parent, html_new_text(arena, span_of(text)), NULL);
}

/* Where the div stands now; it is left inside. */
static void enclose(struct html_node *div, struct arena *arena)
{
    struct html_node *aside = html_new_element(arena, "aside");

    html_set(aside, "class", span_of("notes"), arena);
    html_insert(div->parent, aside, div);
    html_remove(div);
    add_text(aside, "\n\n", arena);
    html_insert(aside, div, NULL);
    add_text(aside, "\n", arena);
}

static struct html_node *fold(struct html_node *div, struct arena *arena)
{
    const struct html_attr *title = html_attr(div, "title");
    struct html_node *details = html_new_element(arena, "details");
    struct html_node *summary = html_new_element(arena, "summary");
    struct buf text = {0};

    html_set(details, "class", span_of("spoiler"), arena);
    if (html_has_class(div, "open"))
        html_set(details, "open", span_of(""), arena);
    escape_html(&text, title != NULL ? title->value : span_of("Details"));
    html_insert(summary, html_new_text(arena, buf_take(&text, arena)), NULL);
    html_insert(details, summary, NULL);
    move_children(div, details);
    html_insert(div->parent, details, div);
    html_remove(div);
    buf_free(&text);
    return details;
}

/* pandoc makes a section of a div that begins with a heading. */
static bool is_div(const struct html_node *node, const char *class)
{
    return (html_is(node, "div") || html_is(node, "section")) && html_has_class(node, class) &&
           !html_has_class(node, "slide");
}

static bool is_aside(const struct html_node *node)
{
    return html_is(node, "aside") && html_has_class(node, "notes");
}

/* ::: incremental, and Slidev's <v-clicks>: item by item. */
static void step_items(struct html_node *parent, struct arena *arena)
{
    for (struct html_node *node = parent->first; node != NULL; node = node->next) {
        if (html_is(node, "li"))
            html_set(node, "class", span_of("fragment"), arena);
        if (!html_has_class(node, "nonincremental"))
            step_items(node, arena);
    }
}

/* What comes with a step: pandoc has put all behind ". . ." into such a div. */
static void finish_steps(struct html_node *node, struct arena *arena)
{
    if (html_is(node, "v-clicks") || is_div(node, "one-by-one"))
        step_items(node, arena);
    else if (html_is(node, "v-click") || html_is(node, "v-after") || is_div(node, "incremental"))
        html_set(node, "class", span_of("fragment"), arena);
}

/* ". . .", which pandoc 3 leaves to writers of slides, and beamer's \pause. */
static bool is_pause(const struct html_node *node)
{
    struct span text;

    if (!html_is(node, "p") || node->first == NULL || node->first != node->last ||
        node->first->kind != HTML_TEXT)
        return false;
    text = span_trim(node->first->markup);
    return span_is(text, ". . .") || span_is(text, "\\pause");
}

/* What follows up to the next pause comes with a step. */
static void step_rest(struct html_node *pause, struct arena *arena)
{
    struct html_node *step = html_new_element(arena, "div"), *next;

    html_set(step, "class", span_of("fragment"), arena);
    html_insert(pause->parent, step, pause);
    for (next = pause->next; next != NULL && !is_pause(next); next = pause->next) {
        html_remove(next);
        html_insert(step, next, NULL);
    }
    html_remove(pause);
}

static void finish(struct html_node *parent, bool in_notes, struct arena *arena)
{
    struct html_node *next;

    for (struct html_node *node = parent->first; node != NULL; node = next) {
        bool notes = is_div(node, "notes");

        if (is_pause(node)) {
            next = node->before;
            step_rest(node, arena);
            next = next != NULL ? next->next : parent->first;
            continue;
        }
        next = node->next;
        if (notes && !in_notes)
            enclose(node, arena);
        else if (is_div(node, "spoiler"))
            node = fold(node, arena);
        finish_steps(node, arena);
        finish(node, in_notes || notes || is_aside(node), arena);
    }
}

void divs_finish(struct html_node *root, struct arena *arena)
{
    finish(root, false, arena);
}
