#define _GNU_SOURCE /* memmem */
#include "heddle/slides/tex_html.h"

#include <ctype.h>
#include <string.h>

#include "heddle/slides/mention.h"
#include "heddle/slides/tex_formula.h"

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

static const char unknown[] =
    "pandoc does not know all of this formula, and it is shown as it is written";

static void finish_formula(struct finisher *finisher, struct html_node *node)
{
    struct span formula = without_dollars(node->first->markup), word = word_of(formula);

    if (word.len > 0) {
        node->first->markup = word;
        html_unset(node, "class", finisher->arena);
        return;
    }
    if (!mentions_count(&finisher->mentions, (struct span){formula.ptr, 0}, unknown))
        mentions_add(&finisher->mentions, "", (struct span){formula.ptr, 0}, unknown,
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

enum { FAR = 2000 }; /* bytes; a brace that ends farther away is no command's */

/* What stands in the braces that a text begins with, and in it others; its length with them. */
static size_t braced(struct span text, struct span *inner)
{
    unsigned depth = 0;

    text.len = text.len > FAR ? FAR : text.len;
    for (size_t i = 0; i < text.len; i++) {
        depth += text.ptr[i] == '{';
        depth -= text.ptr[i] == '}' && depth > 0;
        if (depth > 0)
            continue;
        *inner = (struct span){text.ptr + 1, i > 0 ? i - 1 : 0};
        return i > 0 ? i + 1 : 0;
    }
    return 0;
}

/* With its braces and brackets. */
static size_t whole_length(struct span text)
{
    size_t len = command_length(text), more;
    struct span rest, inner, behind;

    len += len > 0 && span_starts(span_skip(text, len), "*");
    do {
        rest = behind = span_skip(text, len);
        more = braced(rest, &inner);
        if (span_starts(behind, "[") && span_find(&behind, "]", &inner))
            more = inner.len + 1;
        len += more;
    } while (more > 0);
    return len;
}

/* What only moves text, or sets its size, on paper. */
static bool is_layout(struct span command, struct span whole)
{
    static const char *const names[] = {"\\vspace",          "\\hspace",       "\\vfill",
                                        "\\hfill",           "\\newpage",      "\\clearpage",
                                        "\\pagebreak",       "\\centering",    "\\center",
                                        "\\small",           "\\tiny",         "\\scriptsize",
                                        "\\normalsize",      "\\large",        "\\Large",
                                        "\\LARGE",           "\\huge",         "\\Huge",
                                        "\\smallskip",       "\\medskip",      "\\bigskip",
                                        "\\noindent",        "\\maketitle",    "\\columnsbegin",
                                        "\\columnsend",      "\\flushleft",    "\\flushright",
                                        "\\tableofcontents", "\\raggedright",  "\\fontsize",
                                        "\\selectfont",      "\\footnotesize", "\\metroset",
                                        "\\setlength"};
    static const char *const places[] = {"{center}", "{flushleft}",   "{flushright}", "{columns}",
                                         "{column}", "{minipage}",    "{figure}",     "{frame}",
                                         "{small}",  "{footnotesize}"};
    struct span behind = span_skip(whole, command.len), inner;

    if (span_is(command, "\\begin") || span_is(command, "\\end"))
        return SPAN_IS_ANY(((struct span){behind.ptr, braced(behind, &inner)}), places);
    return SPAN_IS_ANY(command, names);
}

/* One that takes something in braces, or stands alone in its text: others may be a path, or
 * what a text on escapes speaks of. */
static bool is_command(struct span text, struct span rest, size_t whole)
{
    bool first = rest.ptr == text.ptr || strchr(" \n(", rest.ptr[-1]) != NULL;

    return first && (span_starts(span_skip(rest, command_length(rest)), "{") ||
                     is_layout((struct span){rest.ptr, command_length(rest)},
                               (struct span){rest.ptr, whole}) ||
                     (span_trim(text).len == whole && span_trim(text).ptr == rest.ptr));
}

/* What is behind a part of a text becomes a text of its own, which is next. */
static void split(struct finisher *finisher, struct html_node *node, struct span part)
{
    const char *end = node->markup.ptr + node->markup.len;

    html_insert(node->parent,
                html_new_text(finisher->arena, span_between(part.ptr + part.len, end)), node->next);
    node->markup = span_between(node->markup.ptr, part.ptr);
}

/* Those that HTML has, too. */
static const struct {
    const char *command, *element, *style;
} drawn[] = {
    {"\\textbf", "strong", NULL},
    {"\\textit", "em", NULL},
    {"\\emph", "em", NULL},
    {"\\textsl", "em", NULL},
    {"\\texttt", "code", NULL},
    {"\\underline", "u", NULL},
    {"\\alert", "strong", NULL},
    {"\\textup", "span", NULL},
    {"\\textnormal", "span", NULL},
    {"\\structure", "strong", NULL},
    {"\\textsc", "span", "font-variant:small-caps"},
    {"\\textcolor", "span", "color:"},
};

static bool is_word(struct span text)
{
    for (size_t i = 0; i < text.len; i++)
        if (!isalnum((unsigned char)text.ptr[i]))
            return false;
    return text.len > 0;
}

/* What a command is given last becomes an element where it stood. */
static void draw(struct finisher *finisher, struct html_node *node, size_t index, struct span whole,
                 struct span inner, struct span colour)
{
    struct html_node *element = html_new_element(finisher->arena, drawn[index].element);
    struct buf style = {0};

    if (drawn[index].style != NULL) {
        buf_addf(&style, "%s%.*s", drawn[index].style, SPAN_ARG(colour));
        html_set(element, "style", buf_span(&style), finisher->arena);
    }
    buf_free(&style);
    element->origin = whole; /* so it is ours, and what is in it is TeX */
    split(finisher, node, whole);
    html_insert(node->parent, element, node->next);
    html_insert(element, html_new_text(finisher->arena, inner), NULL);
}

/* \includegraphics[width=12cm]{a.png}: links.h looks for the file. */
static bool take_image(struct finisher *finisher, struct html_node *node, struct span rest)
{
    struct span behind = span_skip(rest, strlen("\\includegraphics")), inner;
    struct html_node *image;
    size_t len;

    if (!span_starts(rest, "\\includegraphics") ||
        (span_starts(behind, "[") && !span_find(&behind, "{", &inner)))
        return false;
    len = braced(behind, &inner);
    if (!span_starts(behind, "{") || len == 0)
        return false;
    image = html_new_element(finisher->arena, "img");
    html_set(image, "src", inner, finisher->arena);
    html_set(image, "alt", span_of(""), finisher->arena);
    split(finisher, node, span_between(rest.ptr, behind.ptr + len));
    html_insert(node->parent, image, node->next);
    return true;
}

/* Whether the text begins with one of them and what it is given. */
static bool take_drawn(struct finisher *finisher, struct html_node *node, struct span rest)
{
    struct span command = {rest.ptr, command_length(rest)}, first, last, colour = {0};
    struct span behind = span_skip(rest, command.len);
    size_t index = 0, count = sizeof drawn / sizeof *drawn, len = braced(behind, &first), more = 0;

    while (index < count && !span_is(command, drawn[index].command))
        index++;
    if (index == count || len == 0 || !span_starts(behind, "{"))
        return false;
    last = first;
    if (span_is(command, "\\textcolor")) {
        more = braced(span_skip(behind, len), &last);
        colour = first;
        if (more == 0 || !span_starts(span_skip(behind, len), "{") || !is_word(colour))
            return false;
    }
    draw(finisher, node, index, (struct span){rest.ptr, command.len + len + more}, last, colour);
    return true;
}

static void name_command(struct finisher *finisher, struct span command, struct span whole,
                         const char *behind)
{
    struct span where;

    if (mentions_count(&finisher->mentions, command, behind))
        return;
    where = find_origin(finisher, whole);
    where.len = where.len < command.len ? where.len : command.len;
    mentions_add(&finisher->mentions, "TeX's \"", command, behind, where);
}

/* The first command in a text; what is behind it is left to the next node. */
static void finish_text(struct finisher *finisher, struct html_node *node)
{
    struct span text = node->markup, rest = text, before;

    while (span_find(&rest, "\\", &before)) {
        struct span command = {rest.ptr, command_length(rest)};
        struct span whole = {rest.ptr, command.len > 0 ? whole_length(rest) : 0};

        if (command.len > 0 &&
            (take_drawn(finisher, node, rest) || take_image(finisher, node, rest)))
            return;
        if (command.len > 0 && is_command(text, rest, whole.len)) {
            if (is_layout(command, whole)) {
                name_command(finisher, command, whole, "\" is left out");
                split(finisher, node, whole);
                return;
            }
            name_command(finisher, command, whole, "\" is not read, and shown as it is written");
        }
        rest = span_skip(rest, command.len > 0 ? command.len : 1);
    }
}

/* The tree -------------------------------------------------------------------- */

static bool is_literal(const struct html_node *node)
{
    static const char *const names[] = {"code", "pre", "math", "script", "style", "textarea"};

    return node->kind == HTML_ELEMENT && SPAN_IS_ANY(node->name, names);
}

static void finish(struct finisher *finisher, struct html_node *parent, unsigned depth)
{
    for (struct html_node *node = parent->first; node != NULL; node = node->next)
        if (tex_is_refused(node))
            finish_formula(finisher, node);
        else if (node->kind == HTML_TEXT && depth < HTML_DEEPEST)
            finish_text(finisher, node);
        else if (node->kind == HTML_ELEMENT && (node->origin.len > 0 || !is_literal(node)))
            finish(finisher, node, depth + 1);
}

void tex_finish(struct html_node *root, const struct chapter *chapter, struct arena *arena,
                struct diags *diags)
{
    struct finisher finisher = {.chapter = chapter,
                                .arena = arena,
                                .passed = chapter->source.text.ptr};

    finish(&finisher, root, 0);
    mentions_say(&finisher.mentions, &chapter->source, diags);
}
