#include "heddle/slides/raw_html.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "heddle/base/html.h"
#include "heddle/slides/mention.h"

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
    {"iframe", "src"},      {"embed", "src"},       {"object", "data"},    {"video", "src"},
    {"audio", "src"},       {"source", "src"},      {"track", "src"},      {"script", "src"},
    {"link", "href"},       {"iframe", "data-src"}, {"video", "data-src"}, {"audio", "data-src"},
    {"source", "data-src"},
};

/* Of reveal.js and its plugins: the slide, or a part of it, in another file. */
static const char *const outside[] = {"data-markdown", "data-external", "data-external-replace",
                                      "data-load",     "data-include",  "data-src"};

/* The HTML is the chapter's text in which all else is blank: what stands in it at some place
 * stands there in the chapter. */
struct look {
    const struct chapter *chapter;
    char *html;
    struct mentions mentions;
    bool has_script, has_styles; /* these are from the network: they may have the icons */
};

/* Its node is one of that HTML, and the spans are the chapter's. */
struct tag {
    const struct html_node *node;
    struct span whole, name;
};

/* Tags ------------------------------------------------------------------------ */

/* What nothing closed ends one byte behind the text (read_tree). */
static struct span in_chapter(const struct look *look, struct span html)
{
    struct span text = look->chapter->source.text;
    size_t offset = html.len > 0 ? (size_t)(html.ptr - look->html) : 0;

    return (struct span){text.ptr + offset,
                         html.len < text.len - offset ? html.len : text.len - offset};
}

static struct tag tag_of(const struct look *look, const struct html_node *node)
{
    struct span whole = in_chapter(look, node->markup);

    return (struct tag){node, whole, {whole.ptr + 1, node->name.len}};
}

/* As it is written; empty where the tag has none. */
static struct span value_of(const struct look *look, const struct tag *tag, const char *name)
{
    const struct html_attr *attr = html_attr(tag->node, name);

    return attr != NULL ? in_chapter(look, attr->written) : (struct span){0};
}

static bool is_remote(struct span address)
{
    return span_starts(address, "http:") || span_starts(address, "https:") ||
           span_starts(address, "//");
}

/* Elements -------------------------------------------------------------------- */

static bool is_known(const struct tag *tag)
{
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (html_is(tag->node, known[i]))
            return true;
    return false;
}

/* Slidev's components are named elsewhere, unless something stands in them. */
static bool is_component(const struct look *look, const struct tag *tag)
{
    return look->chapter->talk.slidev && isupper((unsigned char)tag->name.ptr[0]) &&
           (span_ends(tag->whole, "/>") || html_is(tag->node, "toc") ||
            html_is(tag->node, "youtube") || html_is(tag->node, "tweet"));
}

static void check_name(struct look *look, const struct tag *tag)
{
    bool custom = memchr(tag->name.ptr, '-', tag->name.len) != NULL ||
                  memchr(tag->name.ptr, ':', tag->name.len) != NULL;

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
    return html_is(tag->node, "video") || html_is(tag->node, "audio") ||
           html_is(tag->node, "source") || html_is(tag->node, "track");
}

static bool is_style(const struct look *look, const struct tag *tag)
{
    struct span rel = value_of(look, tag, "rel");

    return !html_is(tag->node, "link") ||
           (rel.len == strlen("stylesheet") && strncasecmp(rel.ptr, "stylesheet", rel.len) == 0);
}

static void check_address(struct look *look, const struct tag *tag, struct span address)
{
    if (address.len == 0 || span_starts(address, "data:") || span_starts(address, "#") ||
        !is_style(look, tag))
        return;
    if (is_remote(address)) {
        look->has_styles = look->has_styles || html_is(tag->node, "link");
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
        if (html_is(tag->node, addressed[i].element))
            check_address(look, tag, value_of(look, tag, addressed[i].attribute));
}

static void check_outside(struct look *look, const struct tag *tag)
{
    if (is_packed(tag) || html_is(tag->node, "iframe") || html_is(tag->node, "img"))
        return;
    for (size_t i = 0; i < sizeof outside / sizeof *outside; i++) {
        struct span value = value_of(look, tag, outside[i]);

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
    bool chart = value_of(look, tag, "data-chart").len > 0;

    if (html_is(tag->node, "canvas") && (chart || !look->has_script))
        mentions_add(&look->mentions, "what a script draws in this <", tag->name,
                     "> is not drawn, and its place is empty; put an image there", tag->whole);
}

/* Text that only scripts look at. hackmd_markdown.c draws a formula of one line. */
static void check_script(struct look *look, const struct tag *tag)
{
    const struct html_node *inside = tag->node->first;
    struct span type = value_of(look, tag, "type");

    if (html_is(tag->node, "template") ||
        (html_is(tag->node, "script") &&
         (span_starts(type, "text/template") || span_starts(type, "text/markdown") ||
          (span_starts(type, "math/") && !span_starts(type, "math/tex")))))
        mentions_add(&look->mentions, "nothing shows what stands in this <", tag->name,
                     ">; write it on the slide", tag->whole);
    else if (html_is(tag->node, "script") && span_starts(type, "math/tex") && inside != NULL &&
             memchr(inside->markup.ptr, '\n', inside->markup.len) != NULL)
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

    return SPAN_IS_ANY(word, words) || SPAN_STARTS_ANY(word, starts);
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
    bool empty = tag->node->first == NULL && tag->node->end.len > 0;
    struct span classes = value_of(look, tag, "class");

    if (!has_icon(classes) || (!empty && !span_find(&(struct span){classes.ptr, classes.len},
                                                    "material-", &(struct span){0})))
        return;
    mentions_add(&look->mentions, "an icon that a font draws is not shown",
                 (struct span){tag->whole.ptr, 0}, "; write a word or an emoji for it", tag->whole);
}

/* The tree -------------------------------------------------------------------- */

static void check_element(struct look *look, const struct html_node *node)
{
    struct tag tag = tag_of(look, node);

    check_name(look, &tag);
    check_addresses(look, &tag);
    check_outside(look, &tag);
    check_canvas(look, &tag);
    check_script(look, &tag);
    if (look->chapter->is_talk && !look->has_styles)
        check_icon(look, &tag);
}

static void check_comment(struct look *look, const struct html_node *node)
{
    struct span whole;

    if (!span_starts(node->markup, "<?"))
        return;
    whole = in_chapter(look, node->markup);
    mentions_add(&look->mentions, "nothing is seen of ", span_bytes(whole, strlen("<?")),
                 "...?>; if it is meant to be read, write &lt;?", whole);
}

/* What a parser closes and opens again has one tag; what it adds itself has none. */
static bool is_first(struct look *look, const struct html_node *node)
{
    char *begin = node->markup.len > 0 ? look->html + (node->markup.ptr - look->html) : NULL;
    bool first = begin != NULL && *begin == '<';

    if (first)
        *begin = ' ';
    return first;
}

static void check_below(struct look *look, const struct html_node *parent)
{
    if (html_is(parent, "svg") || html_is(parent, "math") || html_is(parent, "template"))
        return;
    for (const struct html_node *node = parent->first; node != NULL; node = node->next) {
        if (node->kind == HTML_ELEMENT && is_first(look, node))
            check_element(look, node);
        else if (node->kind == HTML_COMMENT)
            check_comment(look, node);
        check_below(look, node);
    }
}

static void find_script(struct look *look, const struct html_node *node)
{
    look->has_script = look->has_script || html_is(node, "script");
    for (node = node->first; node != NULL; node = node->next)
        find_script(look, node);
}

/* The text between two places, where what is open is closed by its end. */
static void read_part(struct look *look, struct html_node *tree, size_t end, size_t *begin,
                      struct arena *arena)
{
    struct span part = {look->html + *begin, end - *begin};

    if (part.len > 0 && memchr(part.ptr, '<', part.len) != NULL) {
        look->html[end - 1] = '>';
        html_insert(tree, html_read(arena, part), NULL);
    }
    *begin = end;
}

static void copy_html(struct look *look, struct arena *arena)
{
    const struct chapter *chapter = look->chapter;
    struct span text = chapter->source.text;

    look->html = arena_array(arena, text.len + 1, 1);
    for (size_t i = 0; i < text.len; i++)
        look->html[i] = text.ptr[i] == '\n' ? '\n' : ' ';
    for (size_t i = 0; i < chapter->link_count; i++) {
        struct span html = chapter->links[i].target;

        for (size_t j = 0; chapter->links[i].is_html && j < html.len; j++)
            if (!iscntrl((unsigned char)html.ptr[j]))
                look->html[html.ptr + j - text.ptr] = html.ptr[j];
    }
}

/* What nobody closed ends before the next heading or rule, where most slides end. */
static struct html_node *read_tree(struct look *look, struct arena *arena)
{
    const struct chapter *chapter = look->chapter;
    struct html_node *tree = html_new_root(arena);
    size_t begin = 0;

    copy_html(look, arena);
    for (size_t i = 0; i < chapter->block_count; i++) {
        const struct block *block = &chapter->blocks[i];

        if (block->kind == BLOCK_HEADING || block->kind == BLOCK_RULE)
            read_part(look, tree,
                      (size_t)(chapter->source.line_starts[block->line - 1] -
                               chapter->source.text.ptr),
                      &begin, arena);
    }
    read_part(look, tree, chapter->source.text.len + 1, &begin, arena);
    return tree;
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
    struct look look = {.chapter = chapter};
    struct arena arena = {0};
    struct html_node *tree = read_tree(&look, &arena);

    find_script(&look, tree);
    check_below(&look, tree);
    for (size_t i = 0; i < chapter->block_count; i++)
        check_table(&look, &chapter->blocks[i]);
    mentions_say(&look.mentions, &chapter->source, diags);
    arena_free(&arena);
}
