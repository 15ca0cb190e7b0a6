#include "heddle/slides/tex_formula.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "heddle/base/escape.h"

/* Words that nobody has in a formula, in brackets that pandoc leaves as they are. */
#define MARK_BEGINS "\u29fcheddle:"
#define MARK_ENDS "\u29fd"
#define MARK_CLOSES "\u29fcheddle\u29fd"

enum { DEEPEST = 40 }; /* braces in braces; what is deeper is copied */

struct mender {
    const struct tex_colour **colours;
    struct arena *arena;
    struct buf *out;
    bool changed;
};

/* Where it stands ------------------------------------------------------------- */

bool tex_is_refused(const struct html_node *node)
{
    return html_is(node, "span") && html_has_class(node, "math") && node->first != NULL &&
           node->first->kind == HTML_TEXT;
}

struct span tex_refused_text(const struct html_node *node, struct arena *arena)
{
    struct span text = span_trim(node->first->markup);
    size_t dollars = html_has_class(node, "display") ? 2 : 1;
    struct buf out = {0};
    struct span all;

    if (text.len >= 2 * dollars && span_starts(text, "$"))
        text = (struct span){text.ptr + dollars, text.len - 2 * dollars};
    escape_undo_html(&out, text);
    all = buf_take(&out, arena);
    buf_free(&out);
    return all;
}

/* Reading --------------------------------------------------------------------- */

static size_t name_length(struct span text)
{
    size_t len = 1;

    while (len < text.len && isalpha((unsigned char)text.ptr[len]))
        len++;
    return len;
}

static struct span skip_blanks(struct span text)
{
    while (text.len > 0 && isspace((unsigned char)text.ptr[0]))
        text = span_skip(text, 1);
    return text;
}

/* What stands in the braces that `text` begins with; it moves behind them. */
static bool take_braced(struct span *text, struct span *inner)
{
    struct span rest = skip_blanks(*text);
    unsigned depth = 0;

    if (!span_starts(rest, "{"))
        return false;
    for (size_t i = 0; i < rest.len; i++) {
        if (rest.ptr[i] == '\\')
            i++;
        else if (rest.ptr[i] == '{')
            depth++;
        else if (rest.ptr[i] == '}' && --depth == 0) {
            *inner = (struct span){rest.ptr + 1, i - 1};
            *text = span_skip(rest, i + 1);
            return true;
        }
    }
    return false;
}

static struct span take_bracketed(struct span *text)
{
    struct span rest = skip_blanks(*text), inner;

    if (!span_starts(rest, "[") || !span_find(&rest, "]", &inner))
        return (struct span){0};
    *text = span_skip(rest, 1);
    return span_skip(inner, 1);
}

/* Colours --------------------------------------------------------------------- */

static bool is_made_of(struct span text, int (*is)(int))
{
    for (size_t i = 0; i < text.len; i++)
        if (!is((unsigned char)text.ptr[i]))
            return false;
    return text.len > 0;
}

/* 255,128,0 or 1,0.5,0 as x and six digits. */
static void add_numbers(struct buf *out, struct span numbers, double most)
{
    buf_addc(out, 'x');
    for (unsigned i = 0; i < 3; i++) {
        struct span number = numbers, rest = numbers;
        char digits[16] = "";
        double value;

        if (!span_find(&rest, ",", &number))
            rest = (struct span){0};
        number = span_trim(number);
        memcpy(digits, number.ptr, number.len < sizeof digits ? number.len : sizeof digits - 1);
        value = strtod(digits, NULL) * 255 / most;
        buf_addf(out, "%02x", value < 0 ? 0 : value > 255 ? 255 : (unsigned)(value + 0.5));
        numbers = span_skip(rest, 1);
    }
}

/* As CSS has it, but x for #, which TeX reads otherwise; nothing where it is none. */
static void add_colour(const struct mender *mender, struct span model, struct span name,
                       struct buf *out)
{
    struct span rest = span_trim(name), base = rest;

    for (const struct tex_colour *own = *mender->colours; own != NULL; own = own->before)
        if (model.len == 0 && span_equal(own->name, rest)) {
            buf_add(out, own->value);
            return;
        }
    if (span_find(&rest, "!", &base)) /* red!50: a mixture */
        rest = base;
    rest = base;
    if (span_is(model, "RGB") || span_is(model, "rgb"))
        add_numbers(out, name, span_is(model, "RGB") ? 255 : 1);
    else if (span_starts(rest, "#") && is_made_of(span_skip(rest, 1), isxdigit))
        buf_addf(out, "x%.*s", SPAN_ARG(span_skip(rest, 1)));
    else if (is_made_of(rest, isalnum))
        buf_addf(out, "%s%.*s", span_is(model, "HTML") ? "x" : "", SPAN_ARG(rest));
}

static bool open_colour(struct mender *mender, char kind, struct span model, struct span name)
{
    struct buf colour = {0};
    bool is_colour;

    add_colour(mender, model, name, &colour);
    is_colour = colour.len > 0;
    if (is_colour)
        buf_addf(mender->out, "\\text{" MARK_BEGINS "%c%.*s" MARK_ENDS "}", kind,
                 SPAN_ARG(buf_span(&colour)));
    buf_free(&colour);
    mender->changed = true;
    return is_colour;
}

static void close_colours(struct mender *mender, unsigned *open)
{
    for (; *open > 0; (*open)--)
        buf_adds(mender->out, "\\text{" MARK_CLOSES "}");
}

static void define_colour(struct mender *mender, struct span name, struct span model,
                          struct span value)
{
    struct tex_colour *own = arena_array(mender->arena, 1, sizeof *own);
    struct buf out = {0};

    add_colour(mender, model, value, &out);
    *own = (struct tex_colour){name, buf_take(&out, mender->arena), *mender->colours};
    *mender->colours = own;
    mender->changed = true;
    buf_free(&out);
}

/* Commands -------------------------------------------------------------------- */

/* In other words: # is what the last braces hold, of as many as it takes. */
static const struct {
    const char *command;
    unsigned braces;
    const char *text;
} others[] = {
    {"\\require", 1, ""},
    {"\\vspace", 1, ""},
    {"\\Large", 0, ""},
    {"\\large", 0, ""},
    {"\\LARGE", 0, ""},
    {"\\huge", 0, ""},
    {"\\Huge", 0, ""},
    {"\\small", 0, ""},
    {"\\tiny", 0, ""},
    {"\\footnotesize", 0, ""},
    {"\\scriptsize", 0, ""},
    {"\\normalsize", 0, ""},
    {"\\hfill", 0, ""},
    {"\\strut", 0, ""},
    {"\\mathstrut", 0, ""},
    {"\\bigm", 0, ""},
    {"\\Bigm", 0, ""},
    {"\\bigl", 0, ""},
    {"\\bigr", 0, ""},
    {"\\Bigl", 0, ""},
    {"\\Bigr", 0, ""},
    {"\\biggl", 0, ""},
    {"\\biggr", 0, ""},
    {"\\rm", 0, ""},
    {"\\bf", 0, ""},
    {"\\it", 0, ""},
    {"\\enspace", 0, "\\;"},
    {"\\thinspace", 0, "\\,"},
    {"\\negthinspace", 0, "\\!"},
    {"\\hbox", 1, "\\text{#}"},
    {"\\textnormal", 1, "\\text{#}"},
    {"\\class", 2, "{#}"},
    {"\\cssId", 2, "{#}"},
    {"\\style", 2, "{#}"},
    {"\\href", 2, "{#}"},
    {"\\smash", 1, "{#}"},
    {"\\mathrlap", 1, "{#}"},
    {"\\mathllap", 1, "{#}"},
    {"\\mathclap", 1, "{#}"},
    {"\\hphantom", 1, "\\phantom{#}"},
    {"\\mathbbm", 1, "\\mathbb{#}"},
    {"\\ket", 1, "{|#\\rangle}"},
    {"\\bra", 1, "{\\langle #|}"},
    {"\\braket", 1, "{\\langle #\\rangle}"},
    {"\\abs", 1, "{\\left|#\\right|}"},
    {"\\norm", 1, "{\\left\\|#\\right\\|}"},
    {"\\degree", 0, "{}^\\circ"},
    {"\\argmin", 0, "\\operatorname*{argmin}"},
    {"\\argmax", 0, "\\operatorname*{argmax}"},
    {"\\R", 0, "\\mathbb{R}"},
    {"\\N", 0, "\\mathbb{N}"},
    {"\\Z", 0, "\\mathbb{Z}"},
};

static void mend(struct mender *mender, struct span text, unsigned depth);

static bool take_other(struct mender *mender, struct span command, struct span *rest,
                       unsigned depth)
{
    struct span behind = *rest, last = {0}, before, text;
    size_t i = 0, count = sizeof others / sizeof *others;

    while (i < count && !span_is(command, others[i].command))
        i++;
    if (i == count)
        return false;
    for (unsigned braces = 0; braces < others[i].braces; braces++)
        if (!take_braced(&behind, &last))
            return false;
    text = span_of(others[i].text);
    if (span_find(&text, "#", &before)) {
        buf_add(mender->out, before);
        mend(mender, last, depth + 1);
        text = span_skip(text, 1);
    }
    buf_add(mender->out, text);
    buf_addc(mender->out, ' ');
    *rest = behind;
    return mender->changed = true;
}

/* The text of a box: $x$ in it is a formula. */
static void mend_box(struct mender *mender, struct span text, bool is_text, unsigned depth)
{
    text = span_trim(text);
    if (is_text && text.len > 1 && span_starts(text, "$") && span_ends(text, "$"))
        mend(mender, (struct span){text.ptr + 1, text.len - 2}, depth + 1);
    else if (is_text)
        buf_addf(mender->out, "\\text{%.*s}", SPAN_ARG(text));
    else
        mend(mender, text, depth + 1);
}

/* \textcolor{red}{x}, \colorbox, \fcolorbox, \bbox[red]{x}: of what stands in braces. */
static bool take_box(struct mender *mender, struct span command, struct span *rest, unsigned depth)
{
    bool is_text = span_is(command, "\\textcolor"), framed = span_is(command, "\\fcolorbox");
    bool is_bbox = span_is(command, "\\bbox");
    struct span behind = *rest, model, colour, ground = {0}, inner;
    unsigned open = 0;

    if (!is_text && !framed && !is_bbox && !span_is(command, "\\colorbox"))
        return false;
    model = take_bracketed(&behind);
    colour = model;
    if ((!is_bbox && !take_braced(&behind, &colour)) ||
        (framed && !take_braced(&behind, &ground)) || !take_braced(&behind, &inner))
        return false;
    model = is_bbox ? (struct span){0} : model;
    buf_addc(mender->out, '{');
    open += framed && open_colour(mender, 'b', model, ground);
    open += open_colour(mender, is_text ? 'c' : framed ? 'f' : 'b', model, colour);
    mend_box(mender, inner, !is_text && !is_bbox, depth);
    close_colours(mender, &open);
    buf_addc(mender->out, '}');
    *rest = behind;
    return true;
}

/* \color{red}: of all that follows in its braces; and \definecolor. */
static bool take_colour(struct mender *mender, struct span command, struct span *rest,
                        unsigned *open)
{
    struct span behind = *rest, model = take_bracketed(&behind), name, value;

    if (span_is(command, "\\color") && take_braced(&behind, &name))
        *open += open_colour(mender, 'c', model, name);
    else if (span_is(command, "\\definecolor") && take_braced(&behind, &name) &&
             take_braced(&behind, &model) && take_braced(&behind, &value))
        define_colour(mender, name, model, value);
    else
        return false;
    *rest = behind;
    return true;
}

static void mend_command(struct mender *mender, struct span *rest, unsigned depth, unsigned *open)
{
    struct span command = {rest->ptr, name_length(*rest)};

    if (command.len == 1) /* \, or the end of a line */
        command.len = rest->len > 1 ? 2 : 1;
    *rest = span_skip(*rest, command.len);
    if (take_colour(mender, command, rest, open) || take_box(mender, command, rest, depth) ||
        take_other(mender, command, rest, depth))
        return;
    if (span_is(command, "\\\\") || span_is(command, "\\right") || span_is(command, "\\end"))
        close_colours(mender, open);
    buf_add(mender->out, command);
}

/* What stands in braces, in a cell of a table, and up to \right, is coloured by itself. */
static void mend(struct mender *mender, struct span text, unsigned depth)
{
    unsigned open = 0;
    struct span inner;

    if (depth > DEEPEST) {
        buf_add(mender->out, text);
        return;
    }
    while (text.len > 0) {
        if (text.ptr[0] == '\\') {
            mend_command(mender, &text, depth, &open);
        } else if (text.ptr[0] == '{' && take_braced(&text, &inner)) {
            buf_addc(mender->out, '{');
            mend(mender, inner, depth + 1);
            buf_addc(mender->out, '}');
        } else {
            if (text.ptr[0] == '&')
                close_colours(mender, &open);
            buf_addc(mender->out, text.ptr[0]);
            text = span_skip(text, 1);
        }
    }
    close_colours(mender, &open);
}

/* Two backslashes for one, as reveal.js's Markdown needs them. */
static bool halve(struct mender *mender, struct span *formula)
{
    static const char *const signs[] = {"\\\\{", "\\\\}", "\\\\\\\\"};
    struct buf out = {0};
    bool found = false;

    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        struct span rest = *formula, before;

        found = found || span_find(&rest, signs[i], &before);
    }
    if (!found)
        return false;
    for (struct span rest = *formula; rest.len > 0;) {
        buf_addc(&out, rest.ptr[0]);
        rest = span_skip(rest, span_starts(rest, "\\\\") ? 2 : 1);
    }
    *formula = buf_take(&out, mender->arena);
    buf_free(&out);
    return true;
}

bool tex_formula_mend(struct span formula, const struct tex_colour **colours, struct arena *arena,
                      struct buf *out)
{
    struct mender mender = {colours, arena, out, false};

    mender.changed = halve(&mender, &formula);
    mend(&mender, span_trim(formula), 0);
    return mender.changed;
}

/* What was drawn -------------------------------------------------------------- */

/* The mark that a node is, if it is one: its kind and colour, or nothing for an end. */
static bool is_mark(const struct html_node *node, struct span *mark)
{
    struct span text;

    if (!html_is(node, "mtext") || node->first == NULL || node->first->kind != HTML_TEXT)
        return false;
    text = node->first->markup;
    *mark = (struct span){0};
    if (span_is(text, MARK_CLOSES))
        return true;
    if (!span_starts(text, MARK_BEGINS) || !span_ends(text, MARK_ENDS))
        return false;
    *mark = span_skip((struct span){text.ptr, text.len - strlen(MARK_ENDS)}, strlen(MARK_BEGINS));
    return mark->len > 1;
}

static void set_style(struct html_node *node, struct span mark, struct arena *arena)
{
    struct span colour = span_skip(mark, 1);
    bool hex = span_starts(colour, "x");
    struct buf style = {0};

    buf_adds(&style, mark.ptr[0] == 'c'   ? "color:"
                     : mark.ptr[0] == 'b' ? "background:"
                                          : "padding:.1em;border:.1em solid ");
    buf_addf(&style, "%s%.*s", hex ? "#" : "", SPAN_ARG(span_skip(colour, hex)));
    html_set(node, "style", buf_span(&style), arena);
    buf_free(&style);
}

/* What is behind a mark, up to its end, moves into an element in its place. Returns what
 * is next. */
static struct html_node *colour_from(struct html_node *mark, struct span how, struct arena *arena)
{
    struct html_node *row = html_new_element(arena, "mrow"), *node = mark->next;
    unsigned depth = 1;
    struct span other;

    set_style(row, how, arena);
    while (node != NULL) {
        struct html_node *next = node->next;

        if (is_mark(node, &other))
            depth = other.len > 0 ? depth + 1 : depth - 1;
        html_remove(node);
        if (depth == 0)
            node = next;
        else
            html_insert(row, node, NULL);
        if (depth == 0)
            break;
        node = next;
    }
    html_insert(mark->parent, row, mark);
    html_remove(mark);
    return row;
}

/* The formula as its author wrote it, for who copies it. */
static void annotate(struct html_node *node, struct span formula, struct arena *arena)
{
    while (node->first != NULL)
        html_remove(node->first);
    html_insert(node, html_new_text(arena, formula), NULL);
}

static void colour(struct html_node *parent, struct span formula, struct arena *arena,
                   unsigned depth)
{
    struct span how;

    for (struct html_node *node = parent->first, *next; node != NULL; node = next) {
        next = node->next;
        if (is_mark(node, &how)) {
            if (how.len > 0)
                next = colour_from(node, how, arena);
            else
                html_remove(node);
        } else if (html_is(node, "annotation")) {
            annotate(node, formula, arena);
        } else if (node->kind == HTML_ELEMENT && depth < HTML_DEEPEST) {
            colour(node, formula, arena, depth + 1);
        }
    }
}

void tex_formula_colour(struct html_node *math, struct span formula, struct arena *arena)
{
    colour(math, formula, arena, 0);
}
