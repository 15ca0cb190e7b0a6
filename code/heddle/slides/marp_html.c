#define _GNU_SOURCE /* memmem */
#include "heddle/slides/marp_html.h"

#include <ctype.h>
#include <string.h>

#include "heddle/base/escape.h"
#include "heddle/read/front_matter.h"

/* What a slide can be told, and what it becomes; NULL: it is left out. */
static const struct {
    const char *key, *attribute;
} directives[] = {
    {"class", "class"},
    {"color", "style"},
    {"backgroundColor", "data-background-color"},
    {"backgroundImage", "data-background-image"},
    {"backgroundSize", "data-background-size"},
    {"backgroundPosition", "data-background-position"},
    {"backgroundRepeat", "data-background-repeat"},
    {"paginate", NULL},
    {"header", NULL},
    {"footer", NULL},
    {"size", NULL},
    {"style", NULL},
    {"headingDivider", NULL},
    {"math", NULL},
    {"transition", NULL},
    {"theme", NULL},
};

enum { DIRECTIVES = sizeof directives / sizeof *directives };

struct marp {
    const struct chapter *chapter;
    struct arena *arena;
    struct diags *diags;
    struct span values[DIRECTIVES]; /* from here on */
    struct span local[DIRECTIVES];  /* of this slide; NULL: none */
    uint32_t named;                 /* bit N: directive N was */
    struct html_node *section;
};

/* The words as the chapter has them, for its tree has a copy. */
__attribute__((format(printf, 3, 4))) static void warn(struct marp *marp, struct span words,
                                                       const char *format, ...)
{
    const struct source *source = &marp->chapter->source;
    bool own = words.ptr >= source->text.ptr && words.ptr < source->text.ptr + source->text.len;
    const char *at = own ? words.ptr : NULL;
    struct buf text = {0};
    va_list args;

    if (!own && words.len > 0)
        at = memmem(source->text.ptr, source->text.len, words.ptr, words.len);
    va_start(args, format);
    buf_addv(&text, format, args);
    va_end(args);
    diag_add(marp->diags, DIAG_WARNING,
             at != NULL ? source_place(source, at) : (struct place){source, 1, 1},
             at != NULL ? (unsigned)span_width(words) : 1, "%s", buf_string(&text));
    buf_free(&text);
}

/* Behind what the attribute says already. */
static void append(struct marp *marp, const char *name, const char *between, struct span value)
{
    const struct html_attr *old = html_attr(marp->section, name);
    struct buf all = {0};

    if (old != NULL && old->value.len > 0)
        buf_addf(&all, "%.*s%s", SPAN_ARG(old->value), between);
    buf_add(&all, value);
    html_set(marp->section, name, buf_span(&all), marp->arena);
    buf_free(&all);
}

/* Directives ------------------------------------------------------------------- */

static struct span without_quotes(struct span value)
{
    if (value.len >= 2 && strchr("\"'", value.ptr[0]) != NULL &&
        value.ptr[value.len - 1] == value.ptr[0])
        return (struct span){value.ptr + 1, value.len - 2};
    return value;
}

/* The directive of a line `_class: lead`, or DIRECTIVES. */
static size_t directive_of(struct span line, bool *local, struct span *value)
{
    *local = span_starts(line, "_");
    if (*local || span_starts(line, "$"))
        line = span_skip(line, 1);
    for (size_t i = 0; i < DIRECTIVES; i++) {
        size_t len = strlen(directives[i].key);

        if (!span_starts(line, directives[i].key) || line.len == len || line.ptr[len] != ':')
            continue;
        *value = without_quotes(span_trim(span_skip(line, len + 1)));
        return i;
    }
    return DIRECTIVES;
}

static void take_directive(struct marp *marp, size_t directive, bool local, struct span value,
                           struct span line)
{
    bool named = (marp->named >> directive & 1) != 0;

    if (directives[directive].attribute != NULL) {
        if (!local)
            marp->values[directive] = value;
        marp->local[directive] = value;
    } else if (!named && !span_is(value, "false") &&
               (strcmp(directives[directive].key, "headingDivider") != 0 ||
                marp->chapter->talk.divider == 0)) {
        warn(marp, line, "Marp's \"%s\" is left out", directives[directive].key);
        marp->named |= 1u << directive;
    }
}

/* `animate: true`, as a directive looks that nobody knows: one word behind one in lower
 * case. */
static bool seems_directive(struct span line)
{
    size_t len = line.len > 0 && strchr("_$", line.ptr[0]) != NULL;
    struct span value;

    if (len == line.len || !islower((unsigned char)line.ptr[len]))
        return false;
    while (len < line.len && (isalnum((unsigned char)line.ptr[len]) || line.ptr[len] == '-'))
        len++;
    value = span_skip(line, len + 1);
    if (len == line.len || line.ptr[len] != ':' || !span_starts(value, " "))
        return false;
    value = span_trim(value);
    return value.len > 0 && memchr(value.ptr, ' ', value.len) == NULL;
}

/* Whether a comment's words are directives, each on a line, and which of them are known. */
static bool are_directives(struct span words, bool *known)
{
    struct span line, value;
    bool any = false, local;

    *known = false;
    while (span_line(&words, &line)) {
        line = span_trim(line);
        if (line.len == 0 || span_starts(line, "#"))
            continue;
        any = directive_of(line, &local, &value) != DIRECTIVES;
        *known = *known || any;
        if (!any && !seems_directive(line))
            return false;
        any = true;
    }
    return any;
}

static void take_directives(struct marp *marp, struct span words)
{
    struct span line, value;
    bool local;

    while (span_line(&words, &line)) {
        size_t directive = directive_of(span_trim(line), &local, &value);

        line = span_trim(line);
        if (directive != DIRECTIVES)
            take_directive(marp, directive, local, value, line);
        else if (line.len > 0 && !span_starts(line, "#"))
            warn(marp, line, "Marp has no such directive, and it is left out");
    }
}

/* A comment with nothing but a directive that nobody knows is a note to Marp. */
static void check_note(struct marp *marp, struct span words)
{
    bool known;

    if (marp->chapter->talk.marp && are_directives(words, &known))
        warn(marp, words, "Marp has no such directive, so this is a note to the speaker");
}

/* The items below a line `class:`, as words of one line. */
static struct span list_below(struct marp *marp, const char *key)
{
    struct span rest = marp->chapter->front_matter, line, words;
    struct buf all = {0};
    bool below = false;

    while (span_line(&rest, &line)) {
        struct span text = span_trim(line);

        if (below && span_starts(text, "- "))
            buf_addf(&all, "%s%.*s", all.len > 0 ? " " : "",
                     SPAN_ARG(without_quotes(span_trim(span_skip(text, 2)))));
        else
            below = span_starts(line, key) && span_is(span_skip(text, strlen(key)), ":");
    }
    words = buf_take(&all, marp->arena);
    buf_free(&all);
    return words;
}

/* [lead, invert] */
static struct span without_brackets(struct marp *marp, struct span value)
{
    char *words;

    if (!span_starts(value, "[") || !span_ends(value, "]"))
        return value;
    words = arena_copy(marp->arena, value.ptr + 1, value.len - 2);
    for (size_t i = 0; i + 2 < value.len; i++)
        words[i] = words[i] == ',' ? ' ' : words[i];
    return (struct span){words, value.len - 2};
}

/* Keys of the front matter hold on all slides. */
static void take_front_matter(struct marp *marp)
{
    struct span classes = list_below(marp, "class");

    if (classes.len > 0)
        take_directive(marp, 0, false, classes, classes);
    for (size_t i = 0; i + 1 < DIRECTIVES; i++) { /* weave tells what it knows of a theme */
        struct span value = front_matter_value(marp->chapter->front_matter, directives[i].key);

        if (value.len > 0 && strcmp(directives[i].key, "transition") != 0)
            take_directive(marp, i, false, value, value);
    }
}

/* Notes ------------------------------------------------------------------------ */

static void add_note(struct marp *marp, struct span words)
{
    struct html_node *aside = html_new_element(marp->arena, "aside");
    struct html_node *note = html_new_element(marp->arena, "div");
    struct buf text = {0};
    bool ended = false;

    html_set(aside, "class", span_of("notes"), marp->arena);
    html_set(note, "class", span_of("notes"), marp->arena);
    buf_adds(&text, "<p>");
    for (struct span line; span_line(&words, &line);) {
        ended = ended || span_trim(line).len == 0;
        if (span_trim(line).len == 0)
            continue;
        buf_adds(&text, ended ? "</p>\n<p>" : "");
        escape_html(&text, span_trim(line));
        buf_addc(&text, '\n');
        ended = false;
    }
    buf_adds(&text, "</p>\n");
    html_insert(note, html_new_text(marp->arena, buf_take(&text, marp->arena)), NULL);
    html_insert(aside, note, NULL);
    html_insert(marp->section, aside, NULL);
    buf_free(&text);
}

/* Words for other tools than Marp. */
static bool is_for_tools(struct span words)
{
    static const char *const starts[] = {".slide:", ".element:", "markdownlint", "prettier",
                                         "vale ",   "textlint",  "cSpell"};

    return SPAN_STARTS_ANY(words, starts) || words.len == 0;
}

static void finish_comment(struct marp *marp, const struct html_node *comment)
{
    struct span rest = span_skip(comment->markup, strlen("<!--")), words = {0};
    bool known;

    if (!span_starts(comment->markup, "<!--") || !span_find(&rest, "-->", &words))
        return;
    words = span_trim(words);
    while (words.len > 0 && isspace((unsigned char)words.ptr[0]))
        words = span_skip(words, 1);
    if (is_for_tools(words))
        return;
    if (span_is(words, "fit"))
        warn(marp, comment->markup, "Marp's \"fit\" is left out");
    else if (marp->chapter->talk.marp && are_directives(words, &known) && known)
        take_directives(marp, words);
    else {
        check_note(marp, words);
        add_note(marp, words);
    }
}

/* Images ----------------------------------------------------------------------- */

/* What the words of a description ask for. */
struct image {
    bool background, left, right;
    struct span share; /* of the slide: "40%" */
    struct span size, width, height;
    struct span filter; /* the first one */
    struct buf rest;    /* what describes it */
};

static bool next_word(struct span *text, struct span *word)
{
    size_t len = 0;

    *text = span_trim(*text);
    while (len < text->len && !isspace((unsigned char)text->ptr[len]))
        len++;
    *word = (struct span){text->ptr, len};
    *text = span_skip(*text, len);
    return len > 0;
}

/* The value in `name:value`; false when the word is none. */
static bool has_value(struct span word, const char *name, struct span *value)
{
    size_t len = strlen(name);

    if (!span_starts(word, name) || word.len <= len + 1 || word.ptr[len] != ':')
        return false;
    *value = span_skip(word, len + 1);
    return true;
}

static bool is_filter(struct span word)
{
    static const char *const names[] = {"blur",      "brightness", "contrast", "drop-shadow",
                                        "grayscale", "hue-rotate", "invert",   "opacity",
                                        "saturate",  "sepia",      "vertical", "horizontal"};
    const char *colon = word.len > 0 ? memchr(word.ptr, ':', word.len) : NULL;
    struct span name = colon != NULL ? span_between(word.ptr, colon) : word;

    return SPAN_IS_ANY(name, names);
}

static bool is_size(struct span word)
{
    return span_is(word, "cover") || span_is(word, "contain") || span_is(word, "fit") ||
           span_is(word, "auto") ||
           (word.len > 1 && isdigit((unsigned char)word.ptr[0]) && span_ends(word, "%"));
}

static void read_word(struct image *image, struct span word)
{
    if (span_is(word, "bg"))
        image->background = true;
    else if (image->background && (span_is(word, "left") || has_value(word, "left", &image->share)))
        image->left = true;
    else if (image->background &&
             (span_is(word, "right") || has_value(word, "right", &image->share)))
        image->right = true;
    else if (is_size(word) && (image->background || span_ends(word, "%")))
        image->size = span_is(word, "fit") ? span_of("contain") : word;
    else if (has_value(word, "w", &image->width) || has_value(word, "width", &image->width) ||
             has_value(word, "h", &image->height) || has_value(word, "height", &image->height))
        return;
    else if (is_filter(word))
        image->filter = word;
    else
        buf_addf(&image->rest, "%s%.*s", image->rest.len > 0 ? " " : "", SPAN_ARG(word));
}

/* A background of the whole slide: the deck's. An image that has its own side of
 * the slide stays an image, for the book shows it as well. */
static void set_background(struct marp *marp, struct html_node *node, const struct image *image)
{
    const struct html_attr *src = html_attr(node, "src");
    bool colour = src != NULL && (span_starts(src->value, "#") || span_starts(src->value, "rgb"));
    struct html_node *parent = node->parent;

    if (src == NULL)
        return;
    if (!colour && html_attr(marp->section, "data-background-image") != NULL)
        warn(marp, src->value, "a slide has one background here; this one is left out");
    else
        html_set(marp->section, colour ? "data-background-color" : "data-background-image",
                 src->value, marp->arena);
    if (image->size.len > 0)
        html_set(marp->section, "data-background-size", image->size, marp->arena);
    html_remove(node);
    if (parent->first == NULL && html_is(parent, "p"))
        html_remove(parent);
}

static void set_side(struct marp *marp, struct html_node *node, const struct image *image)
{
    struct buf side = {0};

    html_set(node, "class", span_of(image->left ? "side-left" : "side-right"), marp->arena);
    if (span_is(image->size, "contain"))
        html_set(node, "style", span_of("object-fit:contain"), marp->arena);
    if (image->share.len > 0) {
        buf_addf(&side, "--side:%.*s", SPAN_ARG(image->share));
        append(marp, "style", ";", buf_span(&side));
    }
    buf_free(&side);
}

static void set_sizes(struct marp *marp, struct html_node *node, const struct image *image)
{
    struct buf style = {0};
    struct span width = image->width.len > 0 ? image->width : image->size;

    if (width.len > 0)
        buf_addf(&style, "width:%.*s%s;", SPAN_ARG(width),
                 isdigit((unsigned char)width.ptr[width.len - 1]) ? "px" : "");
    if (image->height.len > 0)
        buf_addf(&style, "height:%.*s%s;", SPAN_ARG(image->height),
                 isdigit((unsigned char)image->height.ptr[image->height.len - 1]) ? "px" : "");
    if (style.len > 0)
        html_set(node, "style", buf_span(&style), marp->arena);
    buf_free(&style);
}

static void finish_image(struct marp *marp, struct html_node *node)
{
    const struct html_attr *alt = html_attr(node, "alt");
    struct image image = {0};
    struct span text = alt != NULL ? alt->value : span_of(""), word;

    while (next_word(&text, &word))
        read_word(&image, word);
    if (image.filter.len > 0)
        warn(marp, image.filter, "Marp's \"%.*s\" is left out", SPAN_ARG(image.filter));
    if (alt != NULL)
        html_set(node, "alt", buf_span(&image.rest), marp->arena);
    if (image.left || image.right)
        set_side(marp, node, &image);
    else if (image.background)
        set_background(marp, node, &image);
    else
        set_sizes(marp, node, &image);
    buf_free(&image.rest);
}

/* Slides ----------------------------------------------------------------------- */

/* An item of a list with * comes by itself: rewrite.c has marked it. */
static void finish_step(struct marp *marp, struct html_node *mark)
{
    struct html_node *item = mark->parent;

    while (item != NULL && !html_is(item, "li"))
        item = item->parent;
    if (item != NULL)
        html_set(item, "class", span_of("fragment"), marp->arena);
    html_remove(mark);
}

static void finish_nodes(struct marp *marp, struct html_node *parent)
{
    struct html_node *next;

    for (struct html_node *node = parent->first; node != NULL; node = next) {
        next = node->next;
        if (node->kind == HTML_COMMENT)
            finish_comment(marp, node);
        else if (html_is(node, "img") && marp->chapter->talk.marp)
            finish_image(marp, node);
        else if (html_is(node, "span") && html_has_class(node, "one-by-one"))
            finish_step(marp, node);
        else
            finish_nodes(marp, node);
    }
}

/* url("x.png") is x.png */
static struct span address_of(struct span value)
{
    struct span inner, rest = span_skip(value, strlen("url("));

    if (!span_starts(value, "url(") || !span_find(&rest, ")", &inner))
        return value;
    return without_quotes(span_trim(inner));
}

static void set_attribute(struct marp *marp, size_t directive)
{
    struct span value = marp->local[directive];
    const char *name = directives[directive].attribute;
    struct buf style = {0};

    if (value.len == 0 || name == NULL)
        return;
    if (strcmp(name, "class") == 0) {
        append(marp, name, " ", without_brackets(marp, value));
        if (html_has_class(marp->section, "invert") &&
            html_attr(marp->section, "data-background-color") == NULL)
            html_set(marp->section, "data-background-color", span_of("#12171d"), marp->arena);
    } else if (strcmp(name, "style") == 0) {
        buf_addf(&style, "color:%.*s", SPAN_ARG(value));
        append(marp, name, ";", buf_span(&style));
        buf_free(&style);
    } else if (html_attr(marp->section, name) == NULL) {
        bool drawn =
            span_find(&(struct span){value.ptr, value.len}, "gradient(", &(struct span){0});

        html_set(marp->section, drawn ? "data-background-gradient" : name, address_of(value),
                 marp->arena);
    }
}

static void finish_slide(struct marp *marp, struct html_node *section)
{
    marp->section = section;
    memcpy(marp->local, marp->values, sizeof marp->local);
    finish_nodes(marp, section);
    for (size_t i = 1; i < DIRECTIVES; i++)
        set_attribute(marp, i);
    set_attribute(marp, 0); /* the class last, which may have a colour of its own */
}

static void find_slides(struct marp *marp, struct html_node *parent)
{
    for (struct html_node *node = parent->first; node != NULL; node = node->next)
        if (html_is(node, "section") && html_has_class(node, "slide"))
            finish_slide(marp, node);
        else
            find_slides(marp, node);
}

void marp_finish(struct html_node *root, const struct chapter *chapter, struct arena *arena,
                 struct diags *diags)
{
    struct marp marp = {.chapter = chapter, .arena = arena, .diags = diags};

    if (!chapter->talk.marp && !chapter->talk.slidev)
        return;
    if (chapter->talk.marp)
        take_front_matter(&marp);
    find_slides(&marp, root);
}
