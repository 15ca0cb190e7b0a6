#include "heddle/slides/head_markdown.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "heddle/base/escape.h"
#include "heddle/base/html.h"

/* At `where`: the name between these words. */
static void warn(struct diags *diags, const struct chapter *chapter, struct span where,
                 const char *before, struct span name, const char *behind)
{
    diag_add(diags, DIAG_WARNING, source_place(&chapter->source, where.ptr),
             (unsigned)span_width(where), "%s\"%.*s\"%s", before, SPAN_ARG(name), behind);
}

/* What the head says of a key; empty: nothing. */
static struct span value_of(const struct chapter *chapter, const struct slide *slide,
                            const char *wanted)
{
    struct span key, value;

    for (unsigned line = slide->body; line < slide->end && slide_heads_have(&chapter->heads, line);
         line++)
        if (slide_head_read(source_line(&chapter->source, line), &key, &value) &&
            span_is(key, wanted))
            return value;
    return (struct span){0};
}

/* Attributes ------------------------------------------------------------------- */

static size_t word_length(struct span text)
{
    size_t len = 0;

    while (len < text.len &&
           (isalnum((unsigned char)text.ptr[len]) || strchr("-_", text.ptr[len]) != NULL))
        len++;
    return len;
}

/* center, middle */
static void add_classes(struct span words, struct buf *out)
{
    for (size_t len; words.len > 0; words = span_skip(words, len + 1)) {
        len = word_length(words);
        if (len > 0 && isalpha((unsigned char)words.ptr[0]))
            buf_addf(out, " .%.*s", (int)len, words.ptr);
    }
}

/* The address in url(x), and a value that is none. */
static struct span address_of(struct span value)
{
    struct span inner, rest = span_skip(value, strlen("url("));

    if (!span_starts(value, "url(") || !span_find(&rest, ")", &inner))
        return value;
    inner = span_trim(inner);
    if (inner.len >= 2 && strchr("\"'", inner.ptr[0]) != NULL)
        inner = (struct span){inner.ptr + 1, inner.len - 2};
    return inner;
}

static bool is_colour(struct span value)
{
    return span_starts(value, "#") || span_starts(value, "rgb") || span_starts(value, "hsl") ||
           span_find(&value, "gradient(", &(struct span){0});
}

static void add_quoted(const char *name, struct span value, struct buf *out)
{
    buf_addf(out, " %s=\"", name);
    escape_html(out, address_of(value));
    buf_addc(out, '"');
}

/* background-size in remark, backgroundSize in Slidev. */
static void add_background(struct span key, struct span value, struct buf *out)
{
    static const char *const kinds[] = {"size", "position", "repeat", "opacity", "color"};
    static const char *const names[] = {"data-background-size", "data-background-position",
                                        "data-background-repeat", "data-background-opacity",
                                        "data-background-color"};
    const char *name = is_colour(value) ? "data-background-color" : "data-background-image";

    key = span_skip(key, strlen("background"));
    key = span_skip(key, span_starts(key, "-"));
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (key.len == strlen(kinds[i]) && strncasecmp(key.ptr, kinds[i], key.len) == 0)
            name = names[i];
    add_quoted(name, value, out);
}

/* Slidev's names of transitions begin with reveal.js's: slide-left, fade-out. */
static bool add_transition(struct span value, struct buf *out)
{
    static const char *const known[] = {"slide", "fade", "zoom", "none"};

    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (span_starts(value, known[i])) {
            buf_addf(out, " data-transition=\"%s\"", known[i]);
            return true;
        }
    return false;
}

/* What is about no slide that a page shows, or said elsewhere. */
static bool says_nothing(struct span key)
{
    static const char *const keys[] = {"name", "routeAlias", "title", "hideInToc", "level"};

    return SPAN_IS_ANY(key, keys);
}

/* Over all of the slide; one that stands there alone, without an edge of it cut off, for
 * our slides are higher than Slidev's. */
static void add_picture(const struct chapter *chapter, const struct slide *slide,
                        struct span address, struct buf *out)
{
    add_quoted("data-background-image", address, out);
    if (outline_next_text(chapter, slide->body, slide->end) == slide->end &&
        value_of(chapter, slide, "backgroundSize").len == 0)
        buf_adds(out, " data-background-size=\"contain\"");
}

static bool has_side(struct span layout)
{
    return span_is(layout, "image-left") || span_is(layout, "image-right");
}

/* False: it is left out. */
static bool add_key(const struct chapter *chapter, const struct slide *slide, struct span key,
                    struct span value, struct buf *out)
{
    struct span layout = value_of(chapter, slide, "layout");

    if (span_is(key, "class"))
        add_classes(value, out);
    else if (span_starts(key, "background"))
        add_background(key, value, out);
    else if (span_is(key, "layout") && !span_is(value, "true") && !span_is(value, "false"))
        buf_addf(out, " .layout-%.*s", (int)word_length(value), value.ptr);
    else if (span_is(key, "image") && span_is(layout, "image"))
        add_picture(chapter, slide, value, out);
    else if (span_is(key, "hide") || span_is(key, "disabled"))
        buf_adds(out, span_is(value, "true") ? " data-visibility=\"hidden\"" : "");
    else if (span_is(key, "transition"))
        return add_transition(value, out);
    else
        return says_nothing(key) || (span_is(key, "image") && has_side(layout)) ||
               (span_is(key, "url") && span_starts(layout, "iframe"));
    return true;
}

void head_add_attribute(const struct chapter *chapter, const struct slide *slide, struct span line,
                        struct buf *out, struct diags *diags)
{
    struct span key, value;

    if (!slide_head_read(line, &key, &value))
        return;
    if (span_is(key, "src") && value.len > 0) { /* it has nothing of its own */
        buf_adds(out, " data-visibility=\"hidden\"");
        warn(diags, chapter, line, "the slides of ", value,
             " are not read from here; make it a chapter of its own");
    } else if (!add_key(chapter, slide, key, value, out)) {
        warn(diags, chapter, line, "a slide's ", key, " is left out");
    }
}

/* Layouts ---------------------------------------------------------------------- */

void head_add_shown(const struct chapter *chapter, const struct slide *slide, struct buf *out)
{
    struct span layout = value_of(chapter, slide, "layout");
    struct span image = value_of(chapter, slide, "image"), url = value_of(chapter, slide, "url");
    struct span size = value_of(chapter, slide, "backgroundSize");

    if (has_side(layout) && image.len > 0)
        buf_addf(out, "![](<%.*s>){.side-%s%s}\n\n", SPAN_ARG(image),
                 span_is(layout, "image-left") ? "left" : "right",
                 size.len > 0 && !span_is(size, "cover") ? " style=\"object-fit:contain\"" : "");
    else if (span_starts(layout, "iframe") && span_starts(url, "http"))
        buf_addf(out, "<%.*s>\n\n", SPAN_ARG(url));
}

bool head_has_columns(const struct chapter *chapter, const struct slide *slide)
{
    return span_starts(value_of(chapter, slide, "layout"), "two-cols");
}

bool head_add_slot(struct span line, struct buf *out)
{
    struct span text = span_trim(line), name = span_skip(text, 2);
    size_t len = word_length(name);

    if (!span_starts(text, "::") || len == 0 || !span_is(span_skip(name, len), "::"))
        return false;
    buf_adds(out, span_starts(name, "right") ? "\n```{=html}\n<div class=\"slot\"></div>\n```\n\n"
                                             : "\n");
    return true;
}

/* Components ------------------------------------------------------------------- */

/* As it is written in the tag that the text is; empty where it has none. */
static struct span value_in(struct span tag, const char *name)
{
    struct arena arena = {0};
    const struct html_node *node = html_read_first(&arena, tag);
    const struct html_attr *attr = node != NULL ? html_attr(node, name) : NULL;
    struct span value = attr != NULL ? attr->written : (struct span){0};

    arena_free(&arena);
    return value;
}

size_t head_add_component(const struct chapter *chapter, struct span text, struct buf *out,
                          struct diags *diags)
{
    struct span rest = text, tag, name, id;

    if (text.len < 2 || text.ptr[0] != '<' || !isupper((unsigned char)text.ptr[1]) ||
        !span_find(&rest, ">", &tag))
        return 0;
    name = (struct span){text.ptr + 1, word_length(span_skip(text, 1))};
    id = value_in((struct span){text.ptr, tag.len + 1}, "id");
    if (span_is(name, "Youtube") && id.len > 0)
        buf_addf(out, "<https://www.youtube.com/watch?v=%.*s>", SPAN_ARG(id));
    else if (span_is(name, "Tweet") && id.len > 0)
        buf_addf(out, "<https://x.com/i/status/%.*s>", SPAN_ARG(id));
    else if (!span_is(name, "Toc") && !span_ends(tag, "/"))
        return 0; /* what stands in it is shown */
    else
        id.len = 0;
    if (id.len > 0)
        warn(diags, chapter, tag, "what ", name, " shows becomes a link to it");
    else
        warn(diags, chapter, tag, "", name, " cannot be shown, and is left out");
    return tag.len + 1;
}

/* Small letters, digits and hyphens. */
static size_t icon_length(struct span text)
{
    size_t len = 0;

    while (len < text.len && (islower((unsigned char)text.ptr[len]) ||
                              isdigit((unsigned char)text.ptr[len]) || text.ptr[len] == '-'))
        len++;
    return len;
}

/* There no tag is an address, and raw_html.h names it. */
static bool is_in_html(const struct chapter *chapter, const char *at)
{
    unsigned line = source_place(&chapter->source, at).line;

    for (size_t i = 0; i < chapter->html_count; i++)
        if (chapter->html[i].first <= line && line <= chapter->html[i].last)
            return true;
    return false;
}

size_t head_pass_icon(const struct chapter *chapter, struct span text, struct diags *diags)
{
    struct span rest = text, tag, name, icon;

    if (!span_starts(text, "<") || !span_find(&rest, ">", &tag) || !span_ends(tag, "/"))
        return 0;
    rest = span_skip(text, 1 + icon_length(span_skip(text, 1)));
    icon = span_skip(rest, 1);
    icon.len = icon_length(icon);
    name = span_between(text.ptr + 1, icon.ptr + icon.len);
    if (!span_starts(rest, ":") || rest.ptr == text.ptr + 1 || icon.len == 0 ||
        name.len + strlen("</") != tag.len || is_in_html(chapter, text.ptr))
        return 0;
    warn(diags, chapter, name, "the icon ", name, " is drawn by a script, and is left out");
    return tag.len + 1;
}
