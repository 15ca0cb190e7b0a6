#define _GNU_SOURCE /* memmem */
#include "heddle/slides/raw_html.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "heddle/slides/mention.h"

enum { LONGEST_TAG = 4000 }; /* bytes; what is longer is no tag that anybody wrote */

/* Known to browsers (HTML's living standard, sections 4 and 16.2), and v-... to us. */
static const char *const known[] = {
    "a",        "abbr",    "acronym",   "address",    "area",     "article", "aside",
    "audio",    "b",       "base",      "bdi",        "bdo",      "big",     "blockquote",
    "body",     "br",      "button",    "canvas",     "caption",  "center",  "cite",
    "code",     "col",     "colgroup",  "data",       "datalist", "dd",      "del",
    "details",  "dfn",     "dialog",    "dir",        "div",      "dl",      "dt",
    "em",       "embed",   "fieldset",  "figcaption", "figure",   "font",    "footer",
    "form",     "frame",   "frameset",  "h1",         "h2",       "h3",      "h4",
    "h5",       "h6",      "head",      "header",     "hgroup",   "hr",      "html",
    "i",        "iframe",  "img",       "input",      "ins",      "kbd",     "label",
    "legend",   "li",      "link",      "main",       "map",      "mark",    "marquee",
    "math",     "menu",    "meta",      "meter",      "nav",      "nobr",    "noframes",
    "noscript", "object",  "ol",        "optgroup",   "option",   "output",  "p",
    "param",    "picture", "plaintext", "pre",        "progress", "q",       "rb",
    "rp",       "rt",      "rtc",       "ruby",       "s",        "samp",    "script",
    "search",   "section", "select",    "slot",       "small",    "source",  "span",
    "strike",   "strong",  "style",     "sub",        "summary",  "sup",     "svg",
    "table",    "tbody",   "td",        "template",   "textarea", "tfoot",   "th",
    "thead",    "time",    "title",     "tr",         "track",    "tt",      "u",
    "ul",       "var",     "video",     "wbr",        "xmp",      "v-click", "v-clicks",
    "v-after",
};

/* Whose address is a file that the element shows. */
static const struct {
    const char *element, *attribute;
} addressed[] = {
    {"iframe", "src"},     {"embed", "src"},       {"object", "data"},     {"video", "src"},
    {"audio", "src"},      {"source", "src"},      {"track", "src"},       {"script", "src"},
    {"link", "href"},      {"frame", "src"},       {"iframe", "data-src"}, {"video", "data-src"},
    {"audio", "data-src"}, {"source", "data-src"},
};

/* Of reveal.js and its plugins: the slide, or a part of it, in another file. */
static const char *const outside[] = {"data-markdown", "data-external", "data-external-replace",
                                      "data-load",     "data-include",  "data-src"};

struct look {
    const struct chapter *chapter;
    struct mentions mentions;
    const char *passed; /* what is before has been looked at */
    bool has_styles;    /* from the network: they may have the icons */
};

struct tag {
    struct span whole, name;
};

/* Attributes ------------------------------------------------------------------ */

static bool is_named(struct span name, const char *wanted)
{
    return name.len == strlen(wanted) && strncasecmp(name.ptr, wanted, name.len) == 0;
}

static bool is_space(struct span text)
{
    return text.len > 0 && isspace((unsigned char)text.ptr[0]);
}

static struct span take_value(struct span *rest)
{
    char quote = rest->len > 0 ? rest->ptr[0] : '\0';
    bool quoted = quote == '"' || quote == '\'';
    struct span value = span_skip(*rest, quoted);
    size_t len = 0;

    while (len < value.len &&
           (quoted ? value.ptr[len] != quote : !isspace((unsigned char)value.ptr[len])))
        len++;
    value.len = len;
    *rest = span_skip(*rest, len + 2 * quoted);
    return value;
}

/* The next attribute of a tag; `rest` is behind its name at first. */
static bool next_attribute(struct span *rest, struct span *name, struct span *value)
{
    size_t len = 0;

    while (is_space(*rest) || span_starts(*rest, "/"))
        *rest = span_skip(*rest, 1);
    while (len < rest->len && strchr("=/", rest->ptr[len]) == NULL &&
           !isspace((unsigned char)rest->ptr[len]))
        len++;
    *name = (struct span){rest->ptr, len};
    *value = (struct span){rest->ptr + len, 0};
    *rest = span_skip(*rest, len);
    while (is_space(*rest))
        *rest = span_skip(*rest, 1);
    if (span_starts(*rest, "=")) {
        *rest = span_skip(*rest, 1);
        while (is_space(*rest))
            *rest = span_skip(*rest, 1);
        *value = take_value(rest);
    }
    return len > 0;
}

/* Empty where the tag has none. */
static struct span value_of(const struct tag *tag, const char *wanted)
{
    struct span rest = span_skip(tag->whole, 1 + tag->name.len), name, value;

    rest.len -= rest.len > 0;
    while (next_attribute(&rest, &name, &value))
        if (is_named(name, wanted))
            return value;
    return (struct span){0};
}

static bool is_remote(struct span address)
{
    return span_starts(address, "http:") || span_starts(address, "https:") ||
           span_starts(address, "//");
}

/* Elements -------------------------------------------------------------------- */

static bool is_element(const struct tag *tag, const char *name)
{
    return is_named(tag->name, name);
}

static bool is_known(const struct tag *tag)
{
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (is_element(tag, known[i]))
            return true;
    return false;
}

/* Slidev's components are named elsewhere, unless something stands in them. */
static bool is_component(const struct look *look, const struct tag *tag)
{
    return look->chapter->talk.slidev && isupper((unsigned char)tag->name.ptr[0]) &&
           (span_ends(tag->whole, "/>") || is_element(tag, "toc") || is_element(tag, "youtube") ||
            is_element(tag, "tweet"));
}

static void check_name(struct look *look, const struct tag *tag)
{
    bool custom = memchr(tag->name.ptr, '-', tag->name.len) != NULL;

    if (is_known(tag) || is_component(look, tag))
        return;
    if (custom)
        mentions_add(&look->mentions, "<", tag->name,
                     "> is drawn by a script that is not here: only what stands in it is shown",
                     tag->whole);
    else
        mentions_add(&look->mentions, "no browser knows <", tag->name,
                     ">, and shows only what stands in it; if the sign itself is meant, write &lt;",
                     tag->whole);
}

/* Films and images are part of the page, or named there. */
static bool is_packed(const struct tag *tag)
{
    return is_element(tag, "video") || is_element(tag, "audio") || is_element(tag, "source") ||
           is_element(tag, "track");
}

static bool is_style(const struct tag *tag)
{
    return !is_element(tag, "link") || is_named(value_of(tag, "rel"), "stylesheet");
}

static void check_address(struct look *look, const struct tag *tag, struct span address)
{
    if (address.len == 0 || span_starts(address, "data:") || span_starts(address, "#") ||
        !is_style(tag))
        return;
    if (is_remote(address)) {
        look->has_styles = look->has_styles || is_element(tag, "link");
        mentions_add(&look->mentions, "what this <", tag->name,
                     "> shows or does comes from the network each time", address);
    } else if (!is_packed(tag)) {
        mentions_add(&look->mentions, "the file of this <", tag->name,
                     "> is no part of the page; write here what it holds, or link to where it is "
                     "published",
                     address);
    }
}

static void check_addresses(struct look *look, const struct tag *tag)
{
    for (size_t i = 0; i < sizeof addressed / sizeof *addressed; i++)
        if (is_element(tag, addressed[i].element))
            check_address(look, tag, value_of(tag, addressed[i].attribute));
}

static void check_outside(struct look *look, const struct tag *tag)
{
    if (is_packed(tag) || is_element(tag, "iframe") || is_element(tag, "img"))
        return;
    for (size_t i = 0; i < sizeof outside / sizeof *outside; i++) {
        struct span value = value_of(tag, outside[i]);

        if (value.len > 0)
            mentions_add(&look->mentions, "what stands in \"", value,
                         "\" is not read from here; write it on the slide, or make it a chapter "
                         "of its own",
                         tag->whole);
    }
}

/* What a plugin of reveal.js draws; a script that the chapter has does so here, too. */
static void check_canvas(struct look *look, const struct tag *tag)
{
    struct span text = look->chapter->source.text;
    bool chart = value_of(tag, "data-chart").len > 0;

    if (is_element(tag, "canvas") &&
        (chart || memmem(text.ptr, text.len, "<script", strlen("<script")) == NULL))
        mentions_add(&look->mentions, "what a script draws in this <", tag->name,
                     "> is not drawn, and its place is empty; put an image there", tag->whole);
}

static bool ends_on_line(const struct look *look, const struct tag *tag)
{
    struct span text = look->chapter->source.text;
    struct span rest = span_between(tag->whole.ptr, text.ptr + text.len), line;

    return span_line(&rest, &line) && span_find(&line, "</script>", &(struct span){0});
}

/* Text that only scripts look at. hackmd_markdown.c draws a formula of one line. */
static void check_script(struct look *look, const struct tag *tag)
{
    struct span type = value_of(tag, "type");

    if (is_element(tag, "template") ||
        (is_element(tag, "script") &&
         (span_starts(type, "text/template") || span_starts(type, "text/markdown"))))
        mentions_add(&look->mentions, "nothing shows what stands in this <", tag->name,
                     ">; write it on the slide", tag->whole);
    else if (is_element(tag, "script") && span_starts(type, "math/") && !ends_on_line(look, tag))
        mentions_add(&look->mentions, "mathematics in a <", tag->name,
                     "> of more than one line is not drawn; write it between $$ and $$",
                     tag->whole);
}

/* Icons ----------------------------------------------------------------------- */

static bool is_icon_word(struct span word)
{
    static const char *const words[] = {"fa",  "fas", "fab", "far", "fal",
                                        "las", "lab", "ai",  "twa", "iconify"};
    static const char *const starts[] = {"fa-",  "bi-", "icon-",   "glyphicon", "material-icons",
                                         "mdi-", "ti-", "devicon", "octicon",   "ion-"};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (span_is(word, words[i]))
            return true;
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        if (span_starts(word, starts[i]))
            return true;
    return false;
}

static bool has_icon(struct span classes)
{
    while (classes.len > 0) {
        size_t len = 0;

        while (len < classes.len && !isspace((unsigned char)classes.ptr[len]))
            len++;
        if (is_icon_word((struct span){classes.ptr, len}))
            return true;
        classes = span_skip(classes, len + 1);
    }
    return false;
}

/* An element of no text whose class has a font draw it. */
static void check_icon(struct look *look, const struct tag *tag)
{
    struct span text = look->chapter->source.text;
    const char *end = tag->whole.ptr + tag->whole.len;
    struct span behind = span_between(end, text.ptr + text.len);
    struct span classes = value_of(tag, "class");

    if (!has_icon(classes) ||
        (!span_starts(behind, "</") &&
         !span_find(&(struct span){classes.ptr, classes.len}, "material-", &(struct span){0})))
        return;
    mentions_add(&look->mentions, "an icon that a font draws is not shown",
                 (struct span){tag->whole.ptr, 0}, "; write a word or an emoji for it", tag->whole);
}

/* Text ------------------------------------------------------------------------ */

/* From `at`, which begins with <NAME, up to its end. */
static bool read_tag(const struct look *look, const char *at, struct tag *tag)
{
    struct span text = look->chapter->source.text;
    struct span rest = span_between(at, text.ptr + text.len);
    char quote = '\0';
    size_t len = 1;

    rest.len = rest.len > LONGEST_TAG ? LONGEST_TAG : rest.len;
    while (len < rest.len && (isalnum((unsigned char)rest.ptr[len]) || rest.ptr[len] == '-'))
        len++;
    tag->name = (struct span){at + 1, len - 1};
    for (; len < rest.len; len++) {
        char c = rest.ptr[len];

        if (quote == '\0' && c == '>') {
            tag->whole = (struct span){at, len + 1};
            return true;
        }
        if (quote != '\0')
            quote = c == quote ? '\0' : quote;
        else if (rest.ptr[len - 1] == '=' && (c == '"' || c == '\''))
            quote = c;
    }
    return false;
}

/* What is no HTML up to such an end. */
static void pass(struct look *look, const char *from, const char *end)
{
    struct span text = look->chapter->source.text;
    struct span rest = span_between(from, text.ptr + text.len), before;

    look->passed = span_find(&rest, end, &before) ? rest.ptr : text.ptr + text.len;
}

static void pass_content(struct look *look, const struct tag *tag)
{
    static const struct {
        const char *name, *end;
    } literal[] = {{"script", "</script"}, {"style", "</style"},       {"svg", "</svg"},
                   {"math", "</math"},     {"textarea", "</textarea"}, {"template", "</template"}};

    for (size_t i = 0; i < sizeof literal / sizeof *literal; i++)
        if (is_element(tag, literal[i].name) && !span_ends(tag->whole, "/>"))
            pass(look, look->passed, literal[i].end);
}

static void take_tag(struct look *look, const struct tag *tag)
{
    look->passed = tag->whole.ptr + tag->whole.len;
    check_name(look, tag);
    check_addresses(look, tag);
    check_outside(look, tag);
    check_canvas(look, tag);
    check_script(look, tag);
    if (look->chapter->is_talk && !look->has_styles)
        check_icon(look, tag);
    pass_content(look, tag);
}

static void take_text(struct look *look, struct span text)
{
    for (; text.len > 1; text = span_skip(text, 1)) {
        struct tag tag;

        if (text.ptr < look->passed || text.ptr[0] != '<')
            continue;
        if (span_starts(text, "<!--")) {
            pass(look, text.ptr, "-->");
        } else if (span_starts(text, "<?")) {
            mentions_add(&look->mentions, "nothing is seen of ",
                         (struct span){text.ptr, strlen("<?")},
                         "...?>; if it is meant to be read, write &lt;?", text);
            pass(look, text.ptr, "?>");
        } else if (isalpha((unsigned char)text.ptr[1]) && read_tag(look, text.ptr, &tag)) {
            take_tag(look, &tag);
        }
    }
}

/* Dashes and blanks between them are a rule to CommonMark, and to pandoc the columns of a table,
 * whose cells would run into each other. */
static void check_table(struct look *look, const struct block *block)
{
    struct span text = span_trim(source_line(&look->chapter->source, block->line));

    if (block->kind == BLOCK_RULE &&
        span_find(&(struct span){text.ptr, text.len}, "-- ", &(struct span){0}) &&
        span_find(&(struct span){text.ptr, text.len}, " --", &(struct span){0}))
        mentions_add(&look->mentions, "a table in the form of pandoc's is not read",
                     (struct span){text.ptr, 0}, "; write its rows with | between the cells", text);
}

void raw_html_check(const struct chapter *chapter, struct diags *diags)
{
    struct look look = {.chapter = chapter, .passed = chapter->source.text.ptr};

    for (size_t i = 0; i < chapter->link_count; i++)
        if (chapter->links[i].is_html)
            take_text(&look, chapter->links[i].target);
    for (size_t i = 0; i < chapter->block_count; i++)
        check_table(&look, &chapter->blocks[i]);
    mentions_say(&look.mentions, &chapter->source, diags);
}
