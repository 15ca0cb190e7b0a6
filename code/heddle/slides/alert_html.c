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

/* pandoc 3 knows GitHub's five itself, and makes <div class="tip"> of them, with a
 * <div class="title"> at its top. */
static struct html_node *title_of_pandoc(struct html_node *div)
{
    static const char *const kinds[] = {"note", "tip", "important", "warning", "caution"};
    const struct html_attr *class = html_attr(div, "class");
    struct html_node *title = first_element(div);

    if (class == NULL || title == NULL || !html_is(title, "div") || !html_has_class(title, "title"))
        return NULL;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (span_is(class->value, kinds[i]))
            return title;
    return NULL;
}

/* The quote that older ones have left. */
static struct html_node *quote_of_pandoc(struct html_node *div, struct html_node *title,
                                         struct arena *arena)
{
    struct html_node *quote = html_new_element(arena, "blockquote"), *child;
    struct span kind = html_attr(div, "class")->value;

    set_classes(quote, kind, arena);
    html_remove(title);
    while ((child = div->first) != NULL) {
        html_remove(child);
        html_insert(quote, child, NULL);
    }
    html_insert(quote, new_title(kind, arena), first_element(quote));
    html_insert(div->parent, quote, div);
    html_remove(div);
    return quote;
}

void alerts_finish(struct html_node *root, struct arena *arena)
{
    for (struct html_node *node = root->first; node != NULL; node = node->next) {
        struct html_node *title = html_is(node, "div") ? title_of_pandoc(node) : NULL;

        if (title != NULL)
            node = quote_of_pandoc(node, title, arena);
        else if (html_is(node, "blockquote"))
            finish_quote(node, arena);
        alerts_finish(node, arena);
    }
}
