#define _GNU_SOURCE /* memmem */
#include "heddle/slides/hackmd.h"

#include <ctype.h>
#include <string.h>

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

/* The next name="value"; `text` moves behind it. */
static bool next_attribute(struct span *text, struct span *name, struct span *value)
{
    struct span before;

    if (!span_find(text, "=\"", &before))
        return false;
    *name = span_trim(before);
    for (size_t i = name->len; i > 0; i--)
        if (isspace((unsigned char)name->ptr[i - 1])) {
            *name = span_skip(*name, i);
            break;
        }
    *text = span_skip(*text, 2);
    if (!span_find(text, "\"", value))
        return false;
    *text = span_skip(*text, 1);
    return true;
}

/* What follows `kind` in a comment, up to its end; empty when it is no such. */
static struct span comment_words(struct span text, const char *kind)
{
    struct span words = {0};

    if (!span_starts(text, "<!--"))
        return words;
    text = span_skip(text, 4);
    while (text.len > 0 && isspace((unsigned char)text.ptr[0]))
        text = span_skip(text, 1);
    if (span_starts(text, kind)) {
        text = span_skip(text, strlen(kind));
        span_find(&text, "-->", &words);
    }
    return words;
}

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

static void add_words(struct span classes, struct buf *out)
{
    for (size_t i = 0; i < classes.len; i++) {
        bool begins = i == 0 || classes.ptr[i - 1] == ' ';

        if (begins && classes.ptr[i] != ' ')
            buf_adds(out, " .");
        if (classes.ptr[i] != ' ')
            buf_addc(out, classes.ptr[i]);
    }
}

static void add_attributes(const struct chapter *chapter, struct span words, struct buf *out,
                           struct diags *diags)
{
    struct span name, value;

    while (next_attribute(&words, &name, &value)) {
        if (span_is(name, "class"))
            add_words(value, out);
        else if (span_starts(name, "data-"))
            buf_addf(out, " %.*s=\"%.*s\"", SPAN_ARG(name), SPAN_ARG(value));
        else
            warn(diags, chapter, name,
                 "a slide's \"%.*s\" is left out; only class and data- are read", SPAN_ARG(name));
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

static void add_line_attributes(const struct chapter *chapter, struct span line, struct buf *out,
                                struct diags *diags)
{
    while (line.len > 0) {
        if (line.ptr[0] == '<')
            add_attributes(chapter, comment_words(line, ".slide:"), out, diags);
        line = span_skip(line, line.ptr[0] == '`' ? take_code_span(line).len : 1);
    }
}

void hackmd_add_slide_attributes(const struct chapter *chapter, const struct slide *slide,
                                 struct buf *out, struct diags *diags)
{
    for (unsigned line = slide->body; line < slide->end; line++)
        if (!is_code_line(chapter, slide, line))
            add_line_attributes(chapter, source_line(&chapter->source, line), out, diags);
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
    struct span text = span_skip(*rest, 2), address, size;
    const char *x;

    if (!span_find(&text, ")", &address))
        return false;
    size = address;
    if (!span_find(&size, " =", &address))
        return false;
    size = span_skip(size, 2);
    x = memchr(size.ptr, 'x', size.len);
    if (x == NULL || strspn(size.ptr, "0123456789%xpem") < size.len)
        return false;
    buf_addf(out, "](%.*s){", SPAN_ARG(address));
    if (x > size.ptr)
        buf_addf(out, "width=%.*s ", (int)(x - size.ptr), size.ptr);
    if (x + 1 < size.ptr + size.len)
        buf_addf(out, "height=%.*s", (int)(size.ptr + size.len - x - 1), x + 1);
    buf_addc(out, '}');
    *rest = span_skip(text, 1);
    return true;
}

void hackmd_add_line(const struct chapter *chapter, struct span line, struct buf *out,
                     struct diags *diags)
{
    if (span_is(span_trim(line), "[TOC]")) {
        warn(diags, chapter, span_trim(line),
             "\"[TOC]\" is left out; the book view has its contents");
        return;
    }
    while (line.len > 0) {
        struct span piece = {line.ptr, 1}, end = span_skip(line, 2), inner;

        if (line.ptr[0] == '`') {
            piece = take_code_span(line);
        } else if (span_starts(line, "{%") && span_find(&end, "%}", &inner)) {
            piece.len = inner.len + 4;
            add_embedded(chapter, piece, out, diags);
            line = span_skip(line, piece.len);
            continue;
        } else if (span_starts(line, "](") && add_sized_image(&line, out)) {
            continue;
        }
        buf_add(out, piece);
        line = span_skip(line, piece.len);
    }
}

void hackmd_check_listing(const struct chapter *chapter, const struct block *block,
                          struct diags *diags)
{
    static const char *const drawn[] = {"mermaid",    "sequence", "flow", "graphviz",
                                        "plantuml",   "abc",      "vega", "fretboard",
                                        "csvpreview", "geo"};

    for (size_t i = 0; i < sizeof drawn / sizeof *drawn; i++)
        if (span_is(block->attrs.language, drawn[i]))
            warn(diags, chapter, block->attrs.language,
                 "\"%.*s\" is not drawn but shown as it is written; put an image in its place",
                 SPAN_ARG(block->attrs.language));
}

/* HTML: what stands between delimiters --------------------------------------- */

static const struct {
    const char *mark, *element;
    bool whole;
} delimiters[] = {
    {"==", "mark", true},
    {"++", "ins", true},
    {"^", "sup", false},
    {"~", "sub", false},
};

static bool is_mark(char c)
{
    return ispunct((unsigned char)c) && c != '<' && c != '>' && c != '&';
}

/* CommonMark's rule for what may open and close emphasis (0.30, section 6.2). */
static bool flanks(char outside, char inside)
{
    bool edge = isspace((unsigned char)outside) || outside == '>' || outside == '<' ||
                outside == '\0' || is_mark(outside);

    return !isspace((unsigned char)inside) && inside != '\0' && (!is_mark(inside) || edge);
}

static char char_at(struct span text, const char *at)
{
    return at >= text.ptr && at < text.ptr + text.len ? *at : '\0';
}

static bool is_void(struct span tag)
{
    static const char *const names[] = {"br", "img", "hr", "input", "wbr", "col"};
    struct span name = span_skip(tag, 1);

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (span_starts(name, names[i]) &&
            !isalnum((unsigned char)char_at(name, name.ptr + strlen(names[i]))))
            return true;
    return false;
}

/* No element that was open before ends in here, none begins that goes on. */
static bool is_balanced(struct span html)
{
    struct span before;
    int depth = 0;

    while (span_find(&html, "<", &before)) {
        bool closes = span_starts(html, "</");

        if (!span_find(&html, ">", &before))
            return false;
        if (!closes && !is_void(before))
            depth++;
        else if (closes && --depth < 0)
            return false;
    }
    return depth == 0;
}

static bool has_blank(struct span text)
{
    for (size_t i = 0; i < text.len; i++)
        if (isspace((unsigned char)text.ptr[i]) || text.ptr[i] == '<')
            return true;
    return text.len == 0;
}

/* What stands between the delimiter at the start of `html` and the next one. */
static bool find_marked(struct span all, struct span html, size_t kind, struct span *inner)
{
    const char *mark = delimiters[kind].mark;
    size_t len = strlen(mark);
    struct span rest = span_skip(html, len), before;

    if (!span_starts(html, mark) || !flanks(char_at(all, html.ptr - 1), char_at(all, rest.ptr)))
        return false;
    while (span_find(&rest, mark, &before)) {
        *inner = span_between(html.ptr + len, rest.ptr);
        if (delimiters[kind].whole
                ? !is_balanced(*inner) && memmem(inner->ptr, inner->len, "</p>", 4)
                : has_blank(*inner))
            return false;
        if (inner->len > 0 && is_balanced(*inner) &&
            flanks(char_at(all, rest.ptr + len), rest.ptr[-1]))
            return true;
        rest = span_skip(rest, len);
    }
    return false;
}

/* HTML: elements ------------------------------------------------------------- */

enum { DEEP = 64 };

struct finisher {
    struct span all;
    struct buf *out;
    size_t opened[DEEP];  /* where in `out` the open elements' tags end: before > */
    size_t sibling[DEEP]; /* the same of the last element inside each; 0: none */
    unsigned depth;
    unsigned quotes, literal; /* depth inside <blockquote>, and <code>, <math> ... */
};

static bool is_literal(struct span tag)
{
    static const char *const names[] = {"code", "math", "script", "style", "pre"};

    tag = span_skip(tag, span_starts(tag, "</") ? 2 : 1);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (span_starts(tag, names[i]))
            return true;
    return false;
}

/* A <br> at a line's end: pandoc breaks there, too, and once is enough. */
static bool is_double_break(struct span tag, struct span behind)
{
    while (behind.len > 0 && behind.ptr[0] == ' ')
        behind = span_skip(behind, 1);
    return span_starts(tag, "<br") && span_starts(behind, "<br />\n");
}

static void add_tag(struct finisher *finisher, struct span tag)
{
    bool closes = span_starts(tag, "</");
    size_t end;

    buf_add(finisher->out, tag);
    end = finisher->out->len;
    buf_addc(finisher->out, '>');
    if (closes) {
        finisher->literal -= is_literal(tag) && finisher->literal > 0;
        finisher->quotes -= span_starts(tag, "</blockquote") && finisher->quotes > 0;
        if (finisher->depth > 0 && --finisher->depth < DEEP)
            finisher->sibling[finisher->depth] = finisher->opened[finisher->depth];
    } else if (is_void(tag)) {
        if (finisher->depth < DEEP && !span_starts(tag, "<br"))
            finisher->sibling[finisher->depth] = end - (span_ends(tag, "/") ? 1 : 0);
    } else {
        finisher->literal += is_literal(tag);
        finisher->quotes += span_starts(tag, "<blockquote");
        if (finisher->depth < DEEP)
            finisher->opened[finisher->depth] = end;
        if (++finisher->depth < DEEP)
            finisher->sibling[finisher->depth] = 0;
    }
}

static void insert(struct buf *out, size_t at, struct span text)
{
    struct buf tail = {0};

    buf_add(&tail, (struct span){out->ptr + at, out->len - at});
    out->len = at;
    buf_add(out, text);
    buf_add(out, buf_span(&tail));
    buf_free(&tail);
}

/* reveal.js gives them to the element before the comment, or around it. An
 * element with a class of its own has got it from HTML that says so itself. */
static void apply(struct finisher *finisher, struct span words)
{
    unsigned depth = finisher->depth;
    size_t at = depth < DEEP ? finisher->sibling[depth] : 0;
    struct buf text = {0};
    struct span name, value;

    if (at == 0 && depth > 0 && depth <= DEEP)
        at = finisher->opened[depth - 1];
    while (at > 0 && next_attribute(&words, &name, &value))
        if (span_is(name, "class") || span_starts(name, "data-"))
            buf_addf(&text, " %.*s=\"%.*s\"", SPAN_ARG(name), SPAN_ARG(value));
    if (text.len > 0)
        insert(finisher->out, at, buf_span(&text));
    buf_free(&text);
}

/* HTML: text ----------------------------------------------------------------- */

/* [name=W] [time=...] [color=red] in a quote: who said it, and when. */
static bool add_quote_tag(struct finisher *finisher, struct span *html)
{
    static const char *const keys[] = {"[name=", "[time=", "[color="};
    struct span value;

    for (size_t i = 0; finisher->quotes > 0 && i < sizeof keys / sizeof *keys; i++) {
        struct span rest = span_skip(*html, strlen(keys[i]));

        if (!span_starts(*html, keys[i]) || !span_find(&rest, "]", &value))
            continue;
        if (i < 2)
            buf_addf(finisher->out, "<cite>%s%.*s</cite>", i == 0 ? "\xe2\x80\x94 " : "",
                     SPAN_ARG(value));
        *html = span_skip(rest, 1);
        return true;
    }
    return false;
}

/* {ruby base|above} */
static bool add_ruby(struct finisher *finisher, struct span *html)
{
    struct span rest = span_skip(*html, 6), inner;
    const char *bar;

    if (!span_starts(*html, "{ruby ") || !span_find(&rest, "}", &inner))
        return false;
    bar = memchr(inner.ptr, '|', inner.len);
    if (bar == NULL)
        return false;
    buf_addf(finisher->out, "<ruby>%.*s<rt>%.*s</rt></ruby>", (int)(bar - inner.ptr), inner.ptr,
             (int)(inner.ptr + inner.len - bar - 1), bar + 1);
    *html = span_skip(rest, 1);
    return true;
}

/* [ ] and [x] where a list's item begins. */
static bool add_task(struct finisher *finisher, struct span *html)
{
    const struct buf *out = finisher->out;
    struct span before = buf_span(out);
    bool done = span_starts(*html, "[x] ") || span_starts(*html, "[X] ");

    if (!done && !span_starts(*html, "[ ] "))
        return false;
    if (span_ends(before, "<p>"))
        before.len -= 3;
    while (before.len > 0 && before.ptr[before.len - 1] == '\n')
        before.len--;
    if (!span_ends(before, "<li>"))
        return false;
    buf_adds(finisher->out, done ? "\xe2\x98\x91 " : "\xe2\x98\x90 ");
    *html = span_skip(*html, 4);
    return true;
}

static void finish(struct finisher *finisher, struct span html);

static bool add_marked(struct finisher *finisher, struct span *html)
{
    struct span inner;

    for (size_t i = 0; i < sizeof delimiters / sizeof *delimiters; i++) {
        struct buf tag = {0};

        if (html->ptr[0] != delimiters[i].mark[0] || !find_marked(finisher->all, *html, i, &inner))
            continue;
        buf_addf(&tag, "<%s", delimiters[i].element);
        add_tag(finisher, buf_span(&tag));
        finish(finisher, inner);
        tag.len = 0;
        buf_addf(&tag, "</%s", delimiters[i].element);
        add_tag(finisher, buf_span(&tag));
        buf_free(&tag);
        *html = span_skip(*html, inner.len + 2 * strlen(delimiters[i].mark));
        return true;
    }
    return false;
}

static bool add_special(struct finisher *finisher, struct span *html)
{
    if (finisher->literal > 0)
        return false;
    switch (html->ptr[0]) {
    case '[':
        return add_task(finisher, html) || add_quote_tag(finisher, html);
    case '{':
        return add_ruby(finisher, html);
    case '=':
    case '+':
    case '^':
    case '~':
        return add_marked(finisher, html);
    default:
        return false;
    }
}

static void finish(struct finisher *finisher, struct span html)
{
    struct span rest, tag;

    while (html.len > 0) {
        if (span_starts(html, "<!--")) {
            apply(finisher, comment_words(html, ".element:"));
            rest = html;
            html = span_find(&rest, "-->", &tag) ? span_skip(rest, 3) : span_skip(html, html.len);
        } else if (html.ptr[0] == '<') {
            rest = html;
            if (!span_find(&rest, ">", &tag))
                tag = html;
            html = span_skip(html, tag.len + 1);
            if (!is_double_break(tag, html))
                add_tag(finisher, tag);
        } else if (!add_special(finisher, &html)) {
            buf_addc(finisher->out, html.ptr[0]);
            html = span_skip(html, 1);
        }
    }
}

void hackmd_finish(struct span html, struct buf *out)
{
    struct finisher finisher = {.all = html, .out = out};

    finish(&finisher, html);
}
