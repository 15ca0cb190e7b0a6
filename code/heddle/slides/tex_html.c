#define _GNU_SOURCE /* memmem */
#include "heddle/slides/tex_html.h"

#include <ctype.h>
#include <string.h>

#include "heddle/slides/mention.h"

struct finisher {
    const struct chapter *chapter;
    struct arena *arena;
    struct mentions mentions;
    const char *passed; /* in the chapter, up to which formulas have been found */
};

/* Where the chapter says it; the tree has a copy, in which & < and > are entities. */
static struct span find_origin(struct finisher *finisher, struct span text)
{
    struct span all = finisher->chapter->source.text;
    const char *entity = text.len > 0 ? memchr(text.ptr, '&', text.len) : NULL;
    const char *at;

    if (entity != NULL)
        text = span_between(text.ptr, entity);
    at = memmem(finisher->passed, (size_t)(all.ptr + all.len - finisher->passed), text.ptr,
                text.len);
    if (at == NULL)
        at = memmem(all.ptr, all.len, text.ptr, text.len);
    if (at == NULL || text.len == 0)
        return (struct span){all.ptr, 0};
    finisher->passed = at + text.len;
    for (size_t i = 0; i < text.len; i++)
        if (at[i] == '\n')
            text.len = i;
    return (struct span){at, text.len};
}

/* Formulas -------------------------------------------------------------------- */

static struct span without_dollars(struct span text)
{
    while (text.len > 0 && strchr("$ \n", text.ptr[0]) != NULL)
        text = span_skip(text, 1);
    while (text.len > 0 && strchr("$ \n", text.ptr[text.len - 1]) != NULL)
        text.len--;
    return text;
}

/* Names that are set in a way of their own, and are words. */
static struct span word_of(struct span formula)
{
    static const char *const names[] = {"\\TeX", "\\LaTeX", "\\LaTeXe", "\\KaTeX", "\\XeTeX"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (span_is(formula, names[i]))
            return span_skip(formula, 1);
    return (struct span){0};
}

static bool is_formula(const struct html_node *node)
{
    return html_is(node, "span") && html_has_class(node, "math") && node->first != NULL &&
           node->first->kind == HTML_TEXT;
}

static void finish_formula(struct finisher *finisher, struct html_node *node)
{
    struct span formula = without_dollars(node->first->markup), word = word_of(formula);

    if (word.len > 0) {
        node->first->markup = word;
        html_unset(node, "class", finisher->arena);
        return;
    }
    mentions_add(&finisher->mentions, "", (struct span){formula.ptr, 0},
                 "pandoc does not know all of this formula, and it is shown as it is written",
                 find_origin(finisher, formula));
}

/* Commands -------------------------------------------------------------------- */

static size_t command_length(struct span text)
{
    size_t len = 1;

    while (len < text.len && isalpha((unsigned char)text.ptr[len]))
        len++;
    return len > 2 ? len : 0;
}

/* With its braces and brackets. */
static size_t whole_length(struct span text)
{
    size_t len = command_length(text);
    struct span rest = span_skip(text, len), inner;

    while ((span_starts(rest, "{") && span_find(&rest, "}", &inner)) ||
           (span_starts(rest, "[") && span_find(&rest, "]", &inner)))
        rest = span_skip(rest, 1);
    return (size_t)(rest.ptr - text.ptr);
}

static bool is_layout(struct span command)
{
    static const char *const names[] = {
        "\\vspace",          "\\hspace",       "\\vfill",        "\\hfill",      "\\newpage",
        "\\clearpage",       "\\pagebreak",    "\\centering",    "\\small",      "\\tiny",
        "\\scriptsize",      "\\footnotesize", "\\normalsize",   "\\large",      "\\Large",
        "\\LARGE",           "\\huge",         "\\Huge",         "\\smallskip",  "\\medskip",
        "\\bigskip",         "\\noindent",     "\\columnsbegin", "\\columnsend", "\\maketitle",
        "\\tableofcontents", "\\raggedright"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (span_is(command, names[i]))
            return true;
    return false;
}

/* One that takes something in braces, or stands alone in its text: others may be a path, or
 * what a text on escapes speaks of. */
static bool is_command(struct span text, struct span rest, size_t whole)
{
    bool first = rest.ptr == text.ptr || strchr(" \n(", rest.ptr[-1]) != NULL;

    return first && (span_starts(span_skip(rest, command_length(rest)), "{") ||
                     (span_trim(text).len == whole && span_trim(text).ptr == rest.ptr));
}

static void cut(struct finisher *finisher, struct html_node *node, struct span what)
{
    struct buf kept = {0};

    buf_add(&kept, span_between(node->markup.ptr, what.ptr));
    buf_add(&kept, span_between(what.ptr + what.len, node->markup.ptr + node->markup.len));
    node->markup = buf_take(&kept, finisher->arena);
    buf_free(&kept);
}

static void finish_text(struct finisher *finisher, struct html_node *node)
{
    struct span text = node->markup, rest = text, before;

    while (span_find(&rest, "\\", &before)) {
        size_t len = command_length(rest), whole = len > 0 ? whole_length(rest) : 0;
        struct span command = {rest.ptr, len};

        if (len > 0 && is_command(text, rest, whole)) {
            struct span where = find_origin(finisher, (struct span){rest.ptr, whole});

            where.len = where.len < len ? where.len : len;

            command = where.len == len ? where : command;
            if (is_layout(command)) {
                mentions_add(&finisher->mentions, "TeX's \"", command, "\" is left out", where);
                cut(finisher, node, (struct span){rest.ptr, whole});
                finish_text(finisher, node);
                return;
            }
            mentions_add(&finisher->mentions, "TeX's \"", command,
                         "\" is not read, and shown as it is written", where);
        }
        rest = span_skip(rest, len > 0 ? len : 1);
    }
}

/* The tree -------------------------------------------------------------------- */

static bool is_literal(const struct html_node *node)
{
    static const char *const names[] = {"code", "pre", "math", "script", "style", "textarea"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (html_is(node, names[i]))
            return true;
    return false;
}

static void finish(struct finisher *finisher, struct html_node *parent)
{
    for (struct html_node *node = parent->first; node != NULL; node = node->next)
        if (is_formula(node))
            finish_formula(finisher, node);
        else if (node->kind == HTML_TEXT)
            finish_text(finisher, node);
        else if (node->kind == HTML_ELEMENT && !is_literal(node))
            finish(finisher, node);
}

void tex_finish(struct html_node *root, const struct chapter *chapter, struct arena *arena,
                struct diags *diags)
{
    struct finisher finisher = {.chapter = chapter,
                                .arena = arena,
                                .passed = chapter->source.text.ptr};

    finish(&finisher, root);
    mentions_say(&finisher.mentions, &chapter->source, diags);
}
