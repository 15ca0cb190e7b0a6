#include "heddle/slides/hugo_markdown.h"

#include <string.h>

#include "heddle/base/escape.h"
#include "heddle/read/shortcode.h"

/* At `where`: the name, and what is said of it. */
static void warn(struct diags *diags, const struct chapter *chapter, struct span where,
                 const char *before, struct span name, const char *behind)
{
    diag_add(diags, DIAG_WARNING, source_place(&chapter->source, where.ptr),
             (unsigned)span_width(where), "%s\"%.*s\"%s", before, SPAN_ARG(name), behind);
}

/* The value of a name; without one, of the first word that has none. */
static struct span value_of(struct span words, const char *wanted)
{
    struct span name, value;

    while (shortcode_next(&words, &name, &value))
        if (span_is(name, wanted))
            return value;
    return (struct span){0};
}

static void add_attribute(const char *name, struct span value, struct buf *out)
{
    if (value.len == 0)
        return;
    buf_addf(out, " %s=\"", name);
    escape_html(out, value);
    buf_addc(out, '"');
}

/* Slides ---------------------------------------------------------------------- */

/* What reveal.js knows as data-... */
static bool is_known(struct span name)
{
    static const char *const starts[] = {"background", "transition", "auto-animate", "state",
                                         "timing",     "visibility", "autoslide",    "menu-title"};

    return SPAN_STARTS_ANY(name, starts);
}

static void add_key(const struct chapter *chapter, struct span name, struct span value,
                    struct buf *out, struct diags *diags)
{
    struct buf key = {0};

    if (span_is(name, "class"))
        add_attribute("class", value, out);
    else if (is_known(name)) {
        buf_addf(&key, "data-%.*s", SPAN_ARG(name));
        add_attribute(buf_string(&key), value, out);
    } else if (!span_is(name, "id"))
        warn(diags, chapter, name.len > 0 ? name : value, "a slide's ", name.len > 0 ? name : value,
             " is left out");
    buf_free(&key);
}

void hugo_add_attributes(const struct chapter *chapter, struct span line, struct buf *out,
                         struct diags *diags)
{
    struct shortcode code;
    struct span name, value;

    if (shortcode_first(line, "slide", &code))
        while (shortcode_next(&code.words, &name, &value))
            add_key(chapter, name, value, out, diags);
}

struct span hugo_id(struct span line)
{
    struct shortcode code;

    return shortcode_first(line, "slide", &code) ? value_of(code.words, "id") : (struct span){0};
}

/* Steps ------------------------------------------------------------------------- */

static void add_step_tag(const char *element, struct span words, struct buf *out)
{
    struct span class = value_of(words, "class");

    buf_addf(out, "<%s class=\"fragment%s", element, class.len > 0 ? " " : "");
    escape_html(out, class);
    buf_addc(out, '"');
    add_attribute("data-fragment-index", value_of(words, "index"), out);
    buf_addc(out, '>');
}

enum { NEAR = 2000 }; /* bytes of a line; the other end of a step is looked for no farther */

/* Whether another shortcode of the same name that closes, or does not, stands in a text. */
static bool has_other(struct span text, struct span name, bool closes)
{
    struct shortcode code;

    if (text.len > NEAR)
        text = closes ? (struct span){text.ptr, NEAR} : span_skip(text, text.len - NEAR);
    return shortcode_find(&text, name, closes, &code);
}

/* On one line it is within a paragraph; else it holds paragraphs. */
static void add_step(struct span line, struct span text, const struct shortcode *code,
                     struct buf *out)
{
    bool within = code->closes ? has_other(span_between(line.ptr, text.ptr), code->name, false)
                               : has_other(span_skip(text, code->len), code->name, true);

    if (within && code->closes)
        buf_adds(out, "</span>");
    else if (within)
        add_step_tag("span", code->words, out);
    else if (code->closes)
        buf_adds(out, "\n\n</div>\n\n");
    else {
        buf_adds(out, "\n\n");
        add_step_tag("div", code->words, out);
        buf_adds(out, "\n\n");
    }
}

static void add_short_step(struct span words, struct buf *out)
{
    add_step_tag("span", words, out);
    buf_add(out, value_of(words, "c"));
    buf_adds(out, "</span>");
}

/* Others ------------------------------------------------------------------------ */

/* Notes within a line; nobody but the speaker may see them. Up to their end. */
static size_t pass_note(const struct chapter *chapter, struct span text,
                        const struct shortcode *code, struct diags *diags)
{
    struct span rest = span_skip(text, code->len);
    struct shortcode end;

    if (code->closes)
        return code->len;
    warn(diags, chapter, code->name, "this ", code->name,
         " is left out; give notes lines of their own");
    return shortcode_find(&rest, code->name, true, &end) ? (size_t)(rest.ptr - text.ptr) + end.len
                                                         : text.len;
}

static void add_figure(struct span words, struct buf *out)
{
    struct span text = value_of(words, "alt");

    if (text.len == 0)
        text = value_of(words, "title");
    buf_adds(out, "![");
    buf_add(out, text);
    buf_adds(out, "](<");
    buf_add(out, value_of(words, "src"));
    buf_adds(out, ">)");
}

static void add_other(const struct chapter *chapter, const struct shortcode *code, struct buf *out,
                      struct diags *diags)
{
    struct span id = value_of(code->words, "");

    if (code->closes)
        return;
    if (span_is(code->name, "figure") && value_of(code->words, "src").len > 0) {
        add_figure(code->words, out);
    } else if (span_is(code->name, "youtube") && id.len > 0) {
        buf_addf(out, "<https://www.youtube.com/watch?v=%.*s>", SPAN_ARG(id));
        warn(diags, chapter, code->name, "what ", code->name, " shows becomes a link to it");
    } else {
        warn(diags, chapter, code->name, "", code->name, " cannot be shown, and is left out");
    }
}

static void add_escaped(struct span text, size_t len, struct buf *out)
{
    for (size_t i = 0; i < len; i++)
        if (text.ptr[i] == '<')
            buf_adds(out, "&lt;");
        else if (!span_starts(span_skip(text, i), "/*") && !span_starts(span_skip(text, i), "*/"))
            buf_addc(out, text.ptr[i]);
        else
            i++;
}

size_t hugo_add_shortcode(const struct chapter *chapter, struct span line, struct span text,
                          struct buf *out, struct diags *diags)
{
    struct shortcode code;

    if (!shortcode_begins(text))
        return 0;
    if (!shortcode_read(text, &code)) {
        diag_add(diags, DIAG_WARNING, source_place(&chapter->source, text.ptr), 3,
                 "this shortcode does not end on its line, and is shown as it is written");
        return 0;
    }
    if (code.escaped)
        add_escaped(text, code.len, out);
    else if (span_is(code.name, "fragment"))
        add_step(line, text, &code, out);
    else if (span_is(code.name, "frag"))
        add_short_step(code.words, out);
    else if (span_is(code.name, "note"))
        return pass_note(chapter, text, &code, diags);
    else if (!span_is(code.name, "section") && !span_is(code.name, "slide"))
        add_other(chapter, &code, out, diags);
    return code.len;
}
