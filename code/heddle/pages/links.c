#include "heddle/pages/links.h"

#include <string.h>

#include "heddle/base/escape.h"
#include "heddle/base/media.h"
#include "heddle/base/path.h"
#include "heddle/disk/file.h"
#include "heddle/pages/ids.h"

struct linker {
    const struct outline *outline;
    const struct slide *slide; /* in which this place is; NULL before the first */
    struct link *links;        /* the chapter's, those that were met without a target */
    struct arena *arena;
    struct diags *diags;
    unsigned remote; /* images that come from the network */
    struct span first_remote;
    unsigned last_remote;
    struct buf other_remotes; /* the lines of the others: "3, 7" */
};

/* Where the chapter says it ------------------------------------------------- */

static bool has_percent(struct span text)
{
    return text.len > 0 && memchr(text.ptr, '%', text.len) != NULL;
}

/* Letter by letter, whatever of both is written as %C3. */
static bool is_same(struct span a, struct span b)
{
    struct buf x = {0}, y = {0};
    bool same = span_equal(a, b);

    if (!same && (has_percent(a) || has_percent(b))) {
        escape_undo_percent(&x, a);
        escape_undo_percent(&y, b);
        same = span_equal(buf_span(&x), buf_span(&y));
    }
    buf_free(&x);
    buf_free(&y);
    return same;
}

/* In raw HTML, and in comments: "TARGET". What is behind it is left for the next. */
static bool take_from_html(struct link *link, struct span target, struct span *where)
{
    struct span rest = link->target;

    for (; rest.len > target.len + 1; rest = span_skip(rest, 1))
        if (strchr("\"'", rest.ptr[0]) != NULL && rest.ptr[target.len + 1] == rest.ptr[0] &&
            span_equal((struct span){rest.ptr + 1, target.len}, target)) {
            *where = (struct span){rest.ptr + 1, target.len};
            link->target = span_skip(rest, target.len + 2);
            return true;
        }
    return false;
}

/* Links and images stand in HTML in the chapter's order, so of those with one
 * target the first that was not met yet is this one. */
static bool take_link(struct linker *linker, struct span target, struct span *where)
{
    const struct chapter *chapter = linker->outline->chapter;

    for (size_t i = 0; i < chapter->link_count; i++) {
        struct link *link = &linker->links[i];

        if (link->is_html) {
            if (take_from_html(link, target, where))
                return true;
        } else if (link->at != NULL && is_same(link->target, target)) {
            *where = (struct span){link->at, link->target.len};
            link->at = NULL;
            return true;
        }
    }
    return false;
}

/* What no parser of ours sees, as an attribute of a heading, is at its slide. */
static struct span find_origin(struct linker *linker, struct span target)
{
    const struct source *source = &linker->outline->chapter->source;
    unsigned line = linker->slide == NULL            ? 1
                    : linker->slide->heading != NULL ? linker->slide->heading->line
                                                     : linker->slide->body;
    struct span where;

    return take_link(linker, target, &where)
               ? where
               : (struct span){source->line_starts[line - 1], source_line(source, line).len > 0};
}

static void warn(const struct linker *linker, struct span where, const char *message)
{
    diag_add(linker->diags, DIAG_WARNING,
             source_place(&linker->outline->chapter->source, where.ptr),
             (unsigned)span_width(where), "%s", message);
}

/* Slides by number ---------------------------------------------------------- */

/* The number at the start of "2/1", and what is behind its slash; an empty one
 * is 0. False when it is no number. */
static bool take_number(struct span *address, unsigned long *number)
{
    const char *slash = address->len > 0 ? memchr(address->ptr, '/', address->len) : NULL;
    struct span digits = slash != NULL ? span_between(address->ptr, slash) : *address;

    *number = 0;
    *address = span_skip(*address, digits.len + 1);
    return digits.len == 0 || span_number(digits, 1000000, number);
}

/* The slide, or the nearest before it. */
static const struct slide *slide_at(const struct outline *outline, unsigned long column,
                                    unsigned long row, bool *exact)
{
    const struct slide *found = &outline->slides[0];
    unsigned long at = 0, below = 0;

    for (size_t i = 1; i < outline->count && (at < column || below < row); i++) {
        if (outline->slides[i].column && at == column)
            break;
        below = outline->slides[i].column ? 0 : below + 1;
        at += outline->slides[i].column;
        found = &outline->slides[i];
    }
    *exact = at == column && below == row;
    return found;
}

static void report_beyond(const struct linker *linker, struct span address, struct span where,
                          const struct slide *slide)
{
    struct buf text = {0};

    buf_addf(&text, "this chapter has no slide %.*s; the link leads to \"#%.*s\"",
             SPAN_ARG(span_skip(address, 2)), SPAN_ARG(slide->id));
    warn(linker, where, buf_string(&text));
    buf_free(&text);
}

/* `address` begins with #/ */
static void link_by_number(const struct linker *linker, struct html_node *link, struct span address)
{
    struct span rest = span_skip(address, 2), id = rest;
    unsigned long column, row;
    struct buf target = {0};
    bool exact = true;

    if (take_number(&rest, &column) && take_number(&rest, &row) && linker->outline->count > 0) {
        const struct slide *slide = slide_at(linker->outline, column, row, &exact);

        if (!exact)
            report_beyond(linker, address, link->origin, slide);
        id = slide->id;
    }
    buf_addf(&target, "#%.*s", SPAN_ARG(id));
    html_set(link, "href", buf_span(&target), linker->arena);
    buf_free(&target);
}

/* Images -------------------------------------------------------------------- */

#define NO_IMAGE "this image is not there; it is looked for beside the chapter"

/* NULL: a file of that name is no part of a page. */
static const char *type_of(struct span path)
{
    static const char *const kinds[] = {"image/", "video/", "audio/", "text/vtt"};
    const char *type = media_type(path);

    for (size_t i = 0; type != NULL && i < sizeof kinds / sizeof *kinds; i++)
        if (span_starts(span_of(type), kinds[i]))
            return type;
    return NULL;
}

static const char *file_below(const struct linker *linker, const char *folder, struct span address)
{
    const char *chapter = linker->outline->chapter->source.path;
    struct buf path = {0};

    buf_add(&path, span_between(chapter, path_name(span_of(chapter)).ptr));
    buf_adds(&path, folder);
    escape_undo_percent(&path, address);
    return buf_take(&path, linker->arena).ptr;
}

/* The file beside the chapter; where there is none, in public/, whose files Slidev has at
 * its address's root. %E4 is one byte, as pandoc writes it. */
static const char *path_of(const struct linker *linker, struct span address)
{
    struct span inside = span_skip(address, span_starts(address, "/"));
    const char *beside = file_below(linker, "", inside);
    const char *public = file_below(linker, "public/", inside);

    return file_exists(beside) || !file_exists(public) ? beside : public;
}

static bool is_remote(struct span address)
{
    return span_starts(address, "http:") || span_starts(address, "https:") ||
           span_starts(address, "//");
}

/* The image as part of the page; false when it cannot be read. */
static bool pack_image(struct linker *linker, struct html_node *node, const char *name,
                       struct span address, const char *type)
{
    const char *path = path_of(linker, address);
    struct span bytes;
    struct buf data = {0};

    if (!file_exists(path) || !file_read(linker->arena, path, &bytes, linker->diags))
        return false;
    buf_addf(&data, "data:%s;base64,", type);
    escape_base64(&data, bytes);
    html_set(node, name, buf_span(&data), linker->arena);
    buf_free(&data);
    return true;
}

static bool is_image(const char *type)
{
    return type == NULL || span_starts(span_of(type), "image/");
}

/* An image of a line that was named is not named again. */
static void add_remote(struct linker *linker, struct span origin)
{
    unsigned line = source_place(&linker->outline->chapter->source, origin.ptr).line;

    if (line == linker->last_remote)
        return;
    buf_addf(&linker->other_remotes, "%s%u", linker->other_remotes.len > 0 ? ", " : "", line);
    linker->last_remote = line;
}

/* Other addresses stay as they are: data:, and colours of a background. */
static void finish_image(struct linker *linker, struct html_node *node, const char *name)
{
    const struct html_attr *attr = html_attr(node, name);
    struct span address = attr != NULL ? attr->value : span_of("");
    const char *type = type_of(address);

    if (attr == NULL || (type == NULL && !is_remote(address)))
        return;
    node->origin = find_origin(linker, address);
    if (is_remote(address)) {
        if (linker->remote++ == 0)
            linker->first_remote = node->origin;
        else
            add_remote(linker, node->origin);
    } else if (!span_starts(address, "data:") && !pack_image(linker, node, name, address, type)) {
        warn(linker, node->origin,
             is_image(type)
                 ? NO_IMAGE
                 : "this film or sound is not there; it is looked for beside the chapter");
    }
}

static void report_remote(const struct linker *linker)
{
    struct buf text = {0};

    if (linker->remote == 0)
        return;
    buf_adds(&text, "this image comes from the network each time; save it beside the chapter, and "
                    "it is part of the page");
    if (linker->remote > 1)
        buf_addf(&text, " (so do %u more: line%s %.*s)", linker->remote - 1,
                 span_has(buf_span(&linker->other_remotes), ",") ? "s" : "",
                 SPAN_ARG(buf_span(&linker->other_remotes)));
    warn(linker, linker->first_remote, buf_string(&text));
    buf_free(&text);
}

/* Films and sounds --------------------------------------------------------------- */

/* reveal.js loads it when its slide comes; the book has no slides that come. */
static void load_at_once(const struct linker *linker, struct html_node *node)
{
    const struct html_attr *later = html_attr(node, "data-src");

    if (later == NULL || html_attr(node, "src") != NULL)
        return;
    html_set(node, "src", later->value, linker->arena);
    html_unset(node, "data-src", linker->arena);
}

/* Of other files for other screens; src, or the image beside it, is for any. */
static void leave_choice(const struct linker *linker, struct html_node *node)
{
    const struct html_attr *files = html_attr(node, "srcset");

    if (files != NULL && !is_remote(files->value))
        html_unset(node, "srcset", linker->arena);
}

/* slides/raw_html.h tells of those that come from the network. */
static void finish_film(struct linker *linker, struct html_node *node)
{
    const struct html_attr *src;

    load_at_once(linker, node);
    leave_choice(linker, node);
    src = html_attr(node, "src");
    if (src != NULL && !is_remote(src->value))
        finish_image(linker, node, "src");
    finish_image(linker, node, "poster");
}

static void finish_picture(struct linker *linker, struct html_node *node)
{
    load_at_once(linker, node);
    leave_choice(linker, node);
    finish_image(linker, node, "src");
}

/* Browsers give it 150 px, of which a style of another page mostly makes more. */
static void finish_frame(const struct linker *linker, struct html_node *node)
{
    load_at_once(linker, node);
    if (linker->outline->chapter->is_talk && html_attr(node, "height") == NULL &&
        html_attr(node, "style") == NULL)
        html_set(node, "style", span_of("width:100%;height:400px"), linker->arena);
}

static bool is_film(const struct html_node *node)
{
    static const char *const names[] = {"video", "audio", "source", "track"};

    return node->kind == HTML_ELEMENT && SPAN_IS_ANY(node->name, names);
}

/* Behind a slide. reveal.js parts addresses of films at commas, so none is packed. */
static void name_background(struct linker *linker, struct html_node *section, const char *name)
{
    const struct html_attr *attr = html_attr(section, name);

    if (attr == NULL || attr->value.len == 0 || span_starts(attr->value, "data:"))
        return;
    section->origin = find_origin(linker, attr->value);
    warn(linker, section->origin,
         is_remote(attr->value)
             ? "what is shown behind this slide comes from the network each time"
             : "this file is no part of the page, and is not shown behind the slide; put it on it");
    if (!is_remote(attr->value))
        html_unset(section, name, linker->arena);
}

/* A colour has neither a dot nor a slash, unless in parentheses. */
static bool is_file(struct span value)
{
    return (span_has(value, ".") || span_has(value, "/")) && !span_has(value, "(") &&
           !span_starts(value, "data:") && !is_remote(value);
}

/* finish_image() has named what its ending tells to be an image. */
static void name_missing_background(struct linker *linker, struct html_node *section,
                                    const char *name)
{
    const struct html_attr *attr = html_attr(section, name);

    if (attr == NULL || !is_file(attr->value) || type_of(attr->value) != NULL ||
        file_exists(path_of(linker, attr->value)))
        return;
    section->origin = find_origin(linker, attr->value);
    warn(linker, section->origin, NO_IMAGE);
}

/* The tree ------------------------------------------------------------------ */

/* A chunk's id by its name, as #chunk-queue::push, which no id may hold. */
static void link_by_chunk(const struct linker *linker, struct html_node *link, struct span name)
{
    struct buf target = {0};

    buf_addc(&target, '#');
    ids_add_chunk(&target, name, 1);
    html_set(link, "href", buf_span(&target), linker->arena);
    buf_free(&target);
}

static void finish_link(struct linker *linker, struct html_node *link)
{
    const struct html_attr *href = html_attr(link, "href");

    if (href == NULL || !span_starts(href->value, "#"))
        return;
    link->origin = find_origin(linker, href->value);
    if (span_starts(href->value, "#/"))
        link_by_number(linker, link, href->value);
    else if (span_starts(href->value, "#chunk-") &&
             span_find(&(struct span){href->value.ptr, href->value.len}, "::", &(struct span){0}))
        link_by_chunk(linker, link, span_skip(href->value, strlen("#chunk-")));
}

static const struct slide *slide_with(const struct outline *outline, const struct html_attr *id)
{
    for (size_t i = 0; id != NULL && i < outline->count; i++)
        if (span_equal(outline->slides[i].id, id->value))
            return &outline->slides[i];
    return NULL;
}

/* reveal.js decodes a background's address, and a lone % would end the whole deck. */
static void encode_percents(struct linker *linker, struct html_node *section, const char *name)
{
    const struct html_attr *attr = html_attr(section, name);
    struct span rest = attr != NULL ? attr->value : span_of(""), before;
    struct buf value = {0};

    if (rest.len == 0 || memchr(rest.ptr, '%', rest.len) == NULL)
        return;
    while (span_find(&rest, "%", &before)) {
        buf_addf(&value, "%.*s%s", SPAN_ARG(before), escape_is_percent(rest) ? "%" : "%25");
        rest = span_skip(rest, 1);
    }
    buf_add(&value, rest);
    html_set(section, name, buf_span(&value), linker->arena);
    buf_free(&value);
}

/* reveal.js takes data-background for an image by the end of its address, which one that
 * is part of the page has not. */
static void name_packed_background(struct linker *linker, struct html_node *section)
{
    const struct html_attr *attr = html_attr(section, "data-background");

    if (attr == NULL || !span_starts(attr->value, "data:image/"))
        return;
    html_set(section, "data-background-image", attr->value, linker->arena);
    html_unset(section, "data-background", linker->arena);
}

static void finish_section(struct linker *linker, struct html_node *section)
{
    const struct slide *slide = slide_with(linker->outline, html_attr(section, "id"));

    if (slide != NULL)
        linker->slide = slide;
    finish_image(linker, section, "data-background");
    finish_image(linker, section, "data-background-image");
    name_missing_background(linker, section, "data-background");
    name_missing_background(linker, section, "data-background-image");
    name_packed_background(linker, section);
    name_background(linker, section, "data-background-video");
    name_background(linker, section, "data-background-iframe");
    encode_percents(linker, section, "data-background");
    encode_percents(linker, section, "data-background-image");
}

/* pandoc's links to lines of code are not the chapter's. */
static void finish_node(struct linker *linker, struct html_node *node)
{
    if (html_is(node, "code"))
        return;
    if (html_is(node, "a"))
        finish_link(linker, node);
    else if (html_is(node, "img"))
        finish_picture(linker, node);
    else if (is_film(node))
        finish_film(linker, node);
    else if (html_is(node, "iframe"))
        finish_frame(linker, node);
    else if (html_is(node, "section"))
        finish_section(linker, node);
    for (struct html_node *child = node->first; child != NULL; child = child->next)
        finish_node(linker, child);
}

void links_finish(const struct outline *outline, struct html_node *root, struct arena *arena,
                  struct diags *diags)
{
    const struct chapter *chapter = outline->chapter;
    struct linker linker = {.outline = outline, .arena = arena, .diags = diags};

    linker.links = arena_array(arena, chapter->link_count, sizeof *linker.links);
    if (chapter->link_count > 0)
        memcpy(linker.links, chapter->links, chapter->link_count * sizeof *linker.links);
    finish_node(&linker, root);
    report_remote(&linker);
    buf_free(&linker.other_remotes);
}
