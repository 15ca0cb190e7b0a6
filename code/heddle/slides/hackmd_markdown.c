#include "heddle/slides/hackmd_markdown.h"

#include <ctype.h>
#include <string.h>

#include "heddle/base/html.h"
#include "heddle/read/container.h"
#include "heddle/read/front_matter.h"
#include "heddle/read/hackmd_attr.h"
#include "heddle/slides/head_markdown.h"
#include "heddle/slides/hugo_markdown.h"

static void warn(struct diags *diags, const struct chapter *chapter, struct span where,
                 const char *format, ...) __attribute__((format(printf, 4, 5)));

static void warn(struct diags *diags, const struct chapter *chapter, struct span where,
                 const char *format, ...)
{
    struct buf text = {0};
    va_list args;

    va_start(args, format);
    buf_addv(&text, format, args);
    va_end(args);
    diag_add(diags, DIAG_WARNING, source_place(&chapter->source, where.ptr),
             (unsigned)span_width(where), "%s", buf_string(&text));
    buf_free(&text);
}

/* Attributes ---------------------------------------------------------------- */

/* A code span, or as many backticks as stand there alone. */
static struct span take_code_span(struct span text)
{
    size_t run = 0;

    while (run < text.len && text.ptr[run] == '`')
        run++;
    for (size_t i = run; i < text.len;) {
        size_t other = 0;

        while (i + other < text.len && text.ptr[i + other] == '`')
            other++;
        if (other == run)
            return (struct span){text.ptr, i + run};
        i += other > 0 ? other : 1;
    }
    return (struct span){text.ptr, run};
}

/* Where the author goes on in the next line, the slide's own line does not. */
static void add_value(struct buf *out, struct span value)
{
    for (size_t i = 0; i < value.len; i++)
        buf_addc(out, strchr("\r\n", value.ptr[i]) != NULL ? ' ' : value.ptr[i]);
}

static void add_attributes(const struct chapter *chapter, struct span words, struct buf *out,
                           struct buf *style, struct diags *diags)
{
    struct span name, value;

    while (hackmd_next_attribute(&words, &name, &value)) {
        if (span_is(name, "class") || span_starts(name, "data-")) {
            buf_addf(out, " %.*s=\"", SPAN_ARG(name));
            add_value(out, value);
            buf_addc(out, '"');
        } else if (span_is(name, "style")) {
            add_value(style, value);
            buf_addc(style, ';');
        } else if (!span_is(name, "id")) { /* the outline has it */
            warn(diags, chapter, name,
                 "a slide's \"%.*s\" is left out; only class, id, style and data- are read",
                 SPAN_ARG(name));
        }
    }
}

static bool is_code_line(const struct chapter *chapter, const struct slide *slide, unsigned line)
{
    for (size_t i = slide->first_block; i < chapter->block_count && chapter->blocks[i].line <= line;
         i++)
        if (chapter->blocks[i].kind == BLOCK_CODE && line <= chapter->blocks[i].end_line)
            return true;
    return false;
}

/* What is said of an element before there is any is said of the slide. */
static void add_line_attributes(const struct chapter *chapter, const struct slide *slide,
                                unsigned number, bool first, struct buf *out, struct buf *style,
                                struct diags *diags)
{
    struct span line = source_line(&chapter->source, number);

    if (chapter->talk.hugo)
        hugo_add_attributes(chapter, line, out, diags);
    while (line.len > 0) {
        if (line.ptr[0] == '<') {
            struct span rest = outline_rest(chapter, slide, line.ptr);

            add_attributes(chapter, hackmd_comment(rest, ".slide:"), out, style, diags);
            if (first)
                add_attributes(chapter, hackmd_comment(rest, ".element"), out, style, diags);
        }
        line = span_skip(line, line.ptr[0] == '`' ? take_code_span(line).len : 1);
    }
}

void hackmd_add_slide_attributes(const struct chapter *chapter, const struct slide *slide,
                                 struct buf *out, struct buf *style, struct diags *diags)
{
    unsigned text = outline_next_text(chapter, slide->body, slide->end);

    if (slide->body > chapter->body_line) /* behind an author's separator */
        add_line_attributes(chapter, slide, slide->body - 1, true, out, style, diags);
    for (unsigned line = slide->body; line < slide->end; line++)
        if (slide_heads_have(&chapter->heads, line))
            head_add_attribute(chapter, slide, source_line(&chapter->source, line), out, diags);
        else if (!is_code_line(chapter, slide, line))
            add_line_attributes(chapter, slide, line, line < text, out, style, diags);
}

/* Lines --------------------------------------------------------------------- */

/* {% youtube ID %} and its like: a link that says where it leads. */
static void add_embedded(const struct chapter *chapter, struct span whole, struct buf *out,
                         struct diags *diags)
{
    static const struct {
        const char *kind, *address;
    } places[] = {
        {"youtube", "https://www.youtube.com/watch?v="},
        {"vimeo", "https://vimeo.com/"},
        {"gist", "https://gist.github.com/"},
        {"slideshare", "https://www.slideshare.net/"},
        {"speakerdeck", "https://speakerdeck.com/"},
    };
    struct span words = span_trim((struct span){whole.ptr + 2, whole.len - 4});
    const char *blank = words.len > 0 ? memchr(words.ptr, ' ', words.len) : NULL;
    struct span kind = blank != NULL ? span_between(words.ptr, blank) : words, what;
    const char *address = NULL;

    what = span_trim(span_skip(words, kind.len));
    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        if (span_is(kind, places[i].kind))
            address = places[i].address;
    if (span_starts(what, "http"))
        address = "";
    if (address != NULL && what.len > 0)
        buf_addf(out, "<%s%.*s>", address, SPAN_ARG(what));
    if (address != NULL)
        warn(diags, chapter, whole, "what \"%.*s\" shows becomes a link to it", SPAN_ARG(kind));
    else
        warn(diags, chapter, whole, "\"%.*s\" cannot be shown, and is left out", SPAN_ARG(kind));
}

/* ![alt](file =200x100): the size as pandoc has it. */
static bool add_sized_image(struct span *rest, struct buf *out)
{
    struct hackmd_image image;

    if (!hackmd_sized_image(rest, &image))
        return false;
    buf_addf(out, "](%.*s){", SPAN_ARG(image.address));
    if (image.width.len > 0)
        buf_addf(out, "width=%.*s ", SPAN_ARG(image.width));
    if (image.height.len > 0)
        buf_addf(out, "height=%.*s", SPAN_ARG(image.height));
    buf_addc(out, '}');
    return true;
}

/* What stands between two marks at the start of the text; `len` is of all of it. */
static bool between(struct span text, const char *open, const char *close, struct span *inner,
                    size_t *len)
{
    struct span rest = span_skip(text, strlen(open));

    if (!span_starts(text, open) || !span_find(&rest, close, inner) || span_trim(*inner).len == 0)
        return false;
    *len = strlen(open) + inner->len + strlen(close);
    return true;
}

static bool is_environment(struct span text, const char *mark)
{
    static const char *const names[] = {"align}",    "align*}",   "equation}", "equation*}",
                                        "gather}",   "gather*}",  "eqnarray}", "eqnarray*}",
                                        "multline}", "multline*}"};

    return span_starts(text, mark) && SPAN_IS_ANY(span_skip(text, strlen(mark)), names);
}

static bool is_empty_line(const struct chapter *chapter, unsigned line)
{
    return span_trim(source_line(&chapter->source, line)).len == 0;
}

enum { FORMULA_LINES = 200 }; /* no formula has more of them */

/* How many environments are open above a line, from the last empty line on; in a formula
 * with dollars, more than anybody asks for. */
static unsigned open_environments(const struct chapter *chapter, unsigned number)
{
    unsigned least = number > FORMULA_LINES ? number - FORMULA_LINES : 0, first = number;
    unsigned open = 0, dollars = 0;

    while (first > least + 1 && !is_empty_line(chapter, first - 1))
        first--;
    for (; first < number; first++) {
        struct span line = span_trim(source_line(&chapter->source, first)), before;

        open += is_environment(line, "\\begin{");
        open -= open > 0 && is_environment(line, "\\end{");
        for (; span_find(&line, "$$", &before); line = span_skip(line, 2))
            dollars++;
    }
    return dollars % 2 == 1 ? FORMULA_LINES : open;
}

/* \begin{align} alone on a line, as MathJax has it without dollars. No formula goes on over an
 * empty line. */
static size_t add_environment(const struct chapter *chapter, struct span line, struct span text,
                              struct buf *out)
{
    bool begins, ends;
    unsigned number;

    line = span_trim(line);
    begins = text.ptr == line.ptr && is_environment(line, "\\begin{");
    ends = text.ptr == line.ptr && is_environment(line, "\\end{");
    if (!begins && !ends)
        return 0;
    number = source_place(&chapter->source, line.ptr).line;
    if (open_environments(chapter, number) != (begins ? 0 : 1))
        return 0;
    buf_addf(out, "%s%.*s%s", begins ? "$$" : "", SPAN_ARG(line), ends ? "$$" : "");
    return line.len;
}

/* MathJax's own script. raw_html.h names one of several lines. */
static size_t add_script(struct span text, struct buf *out)
{
    struct arena arena = {0};
    const struct html_node *script =
        span_starts(text, "<script") ? html_read_first(&arena, text) : NULL;
    const struct html_attr *type = script != NULL ? html_attr(script, "type") : NULL;
    size_t len = type != NULL && span_starts(type->value, "math/tex") && script->first != NULL
                     ? html_whole(script, text).len
                     : 0;

    if (len > 0) {
        const char *dollars = span_has(type->value, "mode=display") ? "$$" : "$";

        buf_addf(out, "%s%.*s%s", dollars, SPAN_ARG(span_trim(script->first->markup)), dollars);
    }
    arena_free(&arena);
    return len;
}

/* With two backslashes, as markdown-it's and reveal.js's MathJax have it. What goes on in the
 * next line becomes pandoc's mark. */
static size_t add_formula(struct span line, struct span text, struct buf *out)
{
    struct span inner;
    size_t len;

    if (between(text, "\\\\(", "\\\\)", &inner, &len)) {
        buf_addf(out, "$%.*s$", SPAN_ARG(span_trim(inner)));
        return len;
    }
    if (between(text, "\\\\[", "\\\\]", &inner, &len)) {
        buf_addf(out, "$$%.*s$$", SPAN_ARG(span_trim(inner)));
        return len;
    }
    if (!span_is(span_trim(line), "\\\\[") && !span_is(span_trim(line), "\\\\]"))
        return 0;
    buf_adds(out, "$$");
    return strlen("\\\\[");
}

/* Signs that TeX has and prose mostly has not. */
static bool is_tex(struct span text)
{
    for (size_t i = 0; i + 1 < text.len; i++)
        if (strchr("^_", text.ptr[i]) != NULL ||
            (text.ptr[i] == '\\' && isalpha((unsigned char)text.ptr[i + 1])))
            return true;
    return false;
}

/* Whether TeX's signs are in a text that may be a shell's or a template's, too. */
static bool is_surely_tex(struct span text)
{
    for (size_t i = 0; i < text.len; i++)
        if (strchr("^\\", text.ptr[i]) != NULL ||
            (text.ptr[i] == '_' &&
             (i + 2 >= text.len || !isalnum((unsigned char)text.ptr[i + 2]))) ||
            (text.ptr[i] == '{' && i > 0))
            return true;
    return false;
}

/* What its dollars hold, if a code span is nothing else; with two of them, blanks may be there. */
static bool is_formula(struct span code)
{
    struct span inner = {code.ptr + 1, code.len > 2 ? code.len - 2 : 0};
    size_t dollars = container_run(inner, '$');

    if (dollars < 1 || dollars > 2 || inner.len <= 2 * dollars ||
        !span_ends(inner, dollars == 2 ? "$$" : "$"))
        return false;
    inner = (struct span){inner.ptr + dollars, inner.len - 2 * dollars};
    return memchr(inner.ptr, '$', inner.len) == NULL && inner.ptr[0] != '`' &&
           (dollars == 2 || span_trim(inner).len == inner.len) && is_surely_tex(inner);
}

/* reveal.js's MathJax draws what stands in code, too; that of HackMD and of others does not. */
static size_t add_code_formula(const struct chapter *chapter, struct span text, struct buf *out)
{
    const struct hackmd_talk *talk = &chapter->talk;
    struct span code = take_code_span(text), behind = span_skip(text, code.len);

    if (talk->marp || talk->slidev || talk->remark || !is_formula(code) ||
        span_is(front_matter_value(chapter->front_matter, "type"), "slide") ||
        front_matter_has(chapter->front_matter, "slideOptions") ||
        (behind.len > 0 && isdigit((unsigned char)behind.ptr[0])))
        return 0;
    buf_add(out, (struct span){code.ptr + 1, code.len - 2});
    return code.len;
}

/* An item that begins with a comment is HTML to pandoc up to the line's end, and its formulas are
 * no formulas then; in code of HTML's, the comment is one word of a text. */
static void add_item_comment(struct span *line, struct buf *out)
{
    size_t blanks = container_run(*line, ' ');
    size_t mark = container_list_mark(span_skip(*line, blanks));
    struct span text = span_trim(span_skip(*line, blanks + mark)), rest = text, inner;

    if (mark == 0 || hackmd_comment(text, ".element").len == 0 ||
        !span_find(&rest, "-->", &inner) || !span_has(rest, "$") || span_has(inner, "`"))
        return;
    buf_add(out, span_between(line->ptr, text.ptr));
    buf_addf(out, "`%.*s-->`{=html}", SPAN_ARG(inner));
    *line = span_skip(rest, strlen("-->"));
}

/* To CommonMark, and so to HackMD, Marp and reveal.js, \( is a parenthesis. */
static void check_formula(const struct chapter *chapter, struct span line, struct span text,
                          struct diags *diags)
{
    struct span inner;
    size_t len;

    if ((between(text, "\\(", "\\)", &inner, &len) || between(text, "\\[", "\\]", &inner, &len))
            ? !is_tex(inner)
            : !span_is(span_trim(line), "\\["))
        return;
    warn(diags, chapter, (struct span){text.ptr, strlen("\\(")},
         "this is no mathematics here, as in HackMD and reveal.js, but a bracket; write $ or $$");
}

/* :fa-github: of Font Awesome, which no page of ours has. */
static size_t pass_icon(const struct chapter *chapter, struct span text, struct diags *diags)
{
    size_t len = strlen(":fa-");

    if (!span_starts(text, ":fa-"))
        return 0;
    while (len < text.len && (isalnum((unsigned char)text.ptr[len]) || text.ptr[len] == '-'))
        len++;
    if (len == text.len || text.ptr[len] != ':')
        return 0;
    warn(diags, chapter, (struct span){text.ptr, len + 1},
         "an icon that a font draws is not shown; write a word or an emoji for it");
    return len + 1;
}

/* What is written otherwise for pandoc, or left out. Returns how much of the text it was. */
static size_t add_otherwise(const struct chapter *chapter, struct span line, struct span text,
                            struct buf *out, struct diags *diags)
{
    size_t len = text.ptr[0] == '\\' ? add_environment(chapter, line, text, out) : 0;

    if (text.ptr[0] == ':')
        return pass_icon(chapter, text, diags);
    if (text.ptr[0] == '\\' && len == 0)
        check_formula(chapter, line, text, diags);
    if (text.ptr[0] == '<')
        return add_script(text, out);
    return len > 0 ? len : add_formula(line, text, out);
}

/* In Marp an item with * comes by itself: marp_html.c finds the mark. */
static void add_step_mark(const struct chapter *chapter, struct span *line, struct buf *out)
{
    size_t blanks = container_run(*line, ' ');
    struct span text = span_trim(span_skip(*line, blanks + 1));

    if (!chapter->talk.marp || !span_starts(span_skip(*line, blanks), "* ") || text.len == 0 ||
        strchr("[<#>`~", text.ptr[0]) != NULL || container_list_mark(text) > 0)
        return;
    buf_addf(out, "%.*s* []{.one-by-one}", (int)blanks, line->ptr);
    *line = text;
}

/* In reveal.js a <section> in a slide is a slide below it; here it stays on this one. */
static size_t add_section(const struct chapter *chapter, struct span text, struct buf *out,
                          struct diags *diags)
{
    bool closes = span_starts(text, "</section>");

    if (!closes && !span_starts(text, "<section>") && !span_starts(text, "<section "))
        return 0;
    buf_adds(out, closes ? "</div" : "<div");
    if (!closes)
        warn(diags, chapter, (struct span){text.ptr, strlen("<section")},
             "a <section> on a slide is no slide of its own here; begin one with a line ----");
    return strlen("<section") + closes;
}

/* A tag that pandoc is not given as it is. Returns how much of the text it was. */
static size_t add_tag(const struct chapter *chapter, struct span text, struct buf *out,
                      struct diags *diags)
{
    size_t len = add_section(chapter, text, out, diags);

    if (len == 0 && chapter->talk.slidev)
        len = head_add_component(chapter, text, out, diags);
    if (len == 0)
        len = head_pass_icon(chapter, text, diags);
    return len;
}

void hackmd_add_line(const struct chapter *chapter, struct span line, struct buf *out,
                     struct diags *diags)
{
    struct span whole = line;
    size_t len;

    if (chapter->talk.slidev && head_add_slot(line, out))
        return;
    if (chapter->talk.remark && span_is(span_trim(line), "--")) {
        buf_adds(out, "\n. . .\n");
        return;
    }
    if (span_is(span_trim(line), "[TOC]")) {
        warn(diags, chapter, span_trim(line),
             "\"[TOC]\" is left out; the book view has its contents");
        return;
    }
    add_step_mark(chapter, &line, out);
    add_item_comment(&line, out);
    while (line.len > 0) {
        struct span piece = {line.ptr, 1}, end = span_skip(line, 2), inner;

        if (line.ptr[0] == '`' && (len = add_code_formula(chapter, line, out)) > 0) {
            line = span_skip(line, len);
            continue;
        } else if (line.ptr[0] == '`') {
            piece = take_code_span(line);
        } else if (chapter->talk.hugo &&
                   (len = hugo_add_shortcode(chapter, whole, line, out, diags)) > 0) {
            line = span_skip(line, len);
            continue;
        } else if (span_starts(line, "{%") && span_find(&end, "%}", &inner)) {
            piece.len = inner.len + 4;
            add_embedded(chapter, piece, out, diags);
            line = span_skip(line, piece.len);
            continue;
        } else if (strchr(":<\\", line.ptr[0]) != NULL &&
                   (len = add_otherwise(chapter, whole, line, out, diags)) > 0) {
            line = span_skip(line, len);
            continue;
        } else if (line.ptr[0] == '\\') {
            piece.len = line.len > 1 ? 2 : 1; /* what is escaped begins nothing */
        } else if (line.ptr[0] == '<' && (len = add_tag(chapter, line, out, diags)) > 0) {
            line = span_skip(line, len);
            continue;
        } else if (add_sized_image(&line, out)) {
            continue;
        }
        buf_add(out, piece);
        line = span_skip(line, piece.len);
    }
}

void hackmd_check_listing(const struct chapter *chapter, const struct block *block,
                          struct diags *diags)
{
    static const char *const drawn[] = {"sequence", "flow",      "plantuml",   "abc",
                                        "vega",     "fretboard", "csvpreview", "geo"};

    for (size_t i = 0; i < sizeof drawn / sizeof *drawn; i++)
        if (span_is(block->attrs.language, drawn[i]))
            warn(diags, chapter, block->attrs.language,
                 "\"%.*s\" is not drawn but shown as it is written; put an image in its place",
                 SPAN_ARG(block->attrs.language));
}
