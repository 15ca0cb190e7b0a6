#include "heddle/slides/alert_html.h"

#include <ctype.h>

enum { LONGEST_KIND = 20 };

/* "[!TIP]" at the start of a text; Obsidian's may have a sign behind it, which folds.
 * The text is moved behind it. */
static bool take_kind(struct span *text, struct span *kind)
{
    struct span rest = *text, word;

    if (!span_starts(rest, "[!"))
        return false;
    rest = span_skip(rest, 2);
    if (!span_find(&rest, "]", &word) || word.len == 0 || word.len > LONGEST_KIND)
        return false;
    for (size_t i = 0; i < word.len; i++)
        if (!isalpha((unsigned char)word.ptr[i]))
            return false;
    rest = span_skip(rest, 1);
    if (span_starts(rest, "-") || span_starts(rest, "+"))
        rest = span_skip(rest, 1);
    *kind = word;
    *text = span_trim(rest);
    return true;
}

static void add_lower(struct buf *out, struct span word)
{
    for (size_t i = 0; i < word.len; i++)
        buf_addc(out, (char)tolower((unsigned char)word.ptr[i]));
}

static void set_classes(struct html_node *quote, struct span kind, struct arena *arena)
{
    struct buf classes = {0};

    buf_adds(&classes, "admonition ");
    add_lower(&classes, kind);
    html_set(quote, "class", buf_span(&classes), arena);
    buf_free(&classes);
}

/* <p><strong>Tip</strong></p> */
static struct html_node *new_title(struct span kind, struct arena *arena)
{
    struct html_node *line = html_new_element(arena, "p");
    struct html_node *strong = html_new_element(arena, "strong");
    struct buf words = {0};

    add_lower(&words, kind);
    words.ptr[0] = (char)toupper((unsigned char)words.ptr[0]);
    html_insert(strong, html_new_text(arena, buf_take(&words, arena)), NULL);
    html_insert(line, strong, NULL);
    return line;
}

static struct html_node *first_element(struct html_node *parent)
{
    struct html_node *node = parent->first;

    while (node != NULL && node->kind != HTML_ELEMENT)
        node = node->next;
    return node;
}

static void finish_quote(struct html_node *quote, struct arena *arena)
{
    struct html_node *line = first_element(quote), *text;
    struct span rest, kind;

    text = line != NULL && html_is(line, "p") ? line->first : NULL;
    if (text == NULL || text->kind != HTML_TEXT)
        return;
    rest = span_trim(text->markup);
    if (!take_kind(&rest, &kind))
        return;
    set_classes(quote, kind, arena);
    html_insert(quote, new_title(kind, arena), line);
    if (rest.len == 0 && text->next == NULL) {
        html_remove(line);
        return;
    }
    text->markup = span_between(rest.ptr, text->markup.ptr + text->markup.len);
}

void alerts_finish(struct html_node *root, struct arena *arena)
{
    for (struct html_node *node = root->first; node != NULL; node = node->next) {
        if (html_is(node, "blockquote"))
            finish_quote(node, arena);
        alerts_finish(node, arena);
    }
}
