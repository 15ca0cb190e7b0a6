#include "heddle/slides/diagram.h"

#include <ctype.h>
#include <string.h>

#include "heddle/base/escape.h"
#include "heddle/base/html.h"
#include "heddle/read/container.h"

static bool is_space(char c)
{
    return isspace((unsigned char)c) != 0;
}

static struct span trim(struct span text)
{
    while (text.len > 0 && is_space(text.ptr[0]))
        text = span_skip(text, 1);
    while (text.len > 0 && is_space(text.ptr[text.len - 1]))
        text.len--;
    return text;
}

static const struct html_node *find_diagram(const struct html_node *node)
{
    const struct html_node *found = html_has_class(node, "mermaid") ? node : NULL;

    for (node = node->first; node != NULL && found == NULL; node = node->next)
        found = find_diagram(node);
    return found;
}

/* Not so where control characters were replaced. */
static bool is_in(struct span part, struct span text)
{
    return part.ptr >= text.ptr && part.ptr < text.ptr + text.len;
}

/* Its class as it is written. */
static struct span word_of(const struct html_node *diagram)
{
    struct span words = html_attr(diagram, "class")->written;

    return span_find(&words, "mermaid", &(struct span){0}) ? span_bytes(words, strlen("mermaid"))
                                                           : words;
}

/* It stays one when it is written as a block of code, or as a picture. */
static bool is_plain(const struct chapter *chapter, const struct line_range *html,
                     struct span inner)
{
    struct span line = source_line(&chapter->source, html->first);

    return span_trim(line).ptr == container_skip(line).ptr && !span_has(inner, "```");
}

bool diagram_in_html(const struct chapter *chapter, const struct line_range *html,
                     struct span *word, struct span *inner)
{
    const char *const *starts = chapter->source.line_starts;
    struct span text = trim(span_between(starts[html->first - 1], starts[html->last]));
    struct arena arena = {0};
    const struct html_node *diagram =
        span_has(text, "mermaid") ? find_diagram(html_read(&arena, text)) : NULL;
    const char *begin;

    *word = *inner = (struct span){0};
    if (diagram != NULL && is_in(diagram->markup, text)) {
        *word = word_of(diagram);
        begin = diagram->markup.ptr + diagram->markup.len;
        if (span_equal(html_whole(diagram, text), text))
            *inner = trim(span_between(begin, diagram->end.ptr));
    }
    arena_free(&arena);
    return inner->len > 0 && is_plain(chapter, html, *inner);
}

void diagram_add_source(struct span inner, struct buf *out)
{
    escape_undo_html(out, inner);
}
