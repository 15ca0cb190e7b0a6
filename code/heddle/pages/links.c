#include "heddle/pages/links.h"

#include <string.h>

#include "heddle/base/escape.h"
#include "heddle/disk/file.h"
#include "heddle/pages/template.h"

struct linker {
    const struct outline *outline;
    struct arena *arena;
    struct buf *out;
    struct diags *diags;
    unsigned remote; /* images that come from the network */
    struct span first_remote;
};

/* Where the chapter says it: [..](what), or "what". */
static struct place find_words(const struct linker *linker, struct span what)
{
    static const char *const before[] = {"(", "\""};
    const struct source *source = &linker->outline->chapter->source;
    struct place place = {source, 0, 0};

    for (size_t i = 0; i < 2 && place.line == 0; i++) {
        struct span text = source->text, skipped;
        struct buf needle = {0};

        buf_adds(&needle, before[i]);
        buf_add(&needle, what);
        if (span_find(&text, buf_string(&needle), &skipped))
            place = source_place(source, text.ptr + 1);
        buf_free(&needle);
    }
    return place;
}

static void warn(const struct linker *linker, struct span what, const char *message)
{
    struct place place = find_words(linker, what);

    diag_add(linker->diags, DIAG_WARNING, place, place.line > 0 ? (unsigned)span_width(what) : 0,
             "%s", message);
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

static void report_beyond(const struct linker *linker, struct span address,
                          const struct slide *slide)
{
    struct buf text = {0};

    buf_addf(&text, "this chapter has no slide %.*s; the link leads to \"#%.*s\"",
             SPAN_ARG(span_skip(address, 2)), SPAN_ARG(slide->id));
    warn(linker, address, buf_string(&text));
    buf_free(&text);
}

/* `address` begins with #/ */
static void add_address(const struct linker *linker, struct span address)
{
    struct span rest = span_skip(address, 2);
    unsigned long column, row;
    const struct slide *slide;
    bool exact;

    if (!take_number(&rest, &column) || !take_number(&rest, &row) || linker->outline->count == 0) {
        buf_addf(linker->out, "#%.*s", SPAN_ARG(span_skip(address, 2)));
        return;
    }
    slide = slide_at(linker->outline, column, row, &exact);
    if (!exact)
        report_beyond(linker, address, slide);
    buf_addf(linker->out, "#%.*s", SPAN_ARG(slide->id));
}

/* Images -------------------------------------------------------------------- */

static const char *media_type(struct span path)
{
    static const struct {
        const char *end, *type;
    } types[] = {
        {".png", "image/png"},   {".jpg", "image/jpeg"},    {".jpeg", "image/jpeg"},
        {".gif", "image/gif"},   {".svg", "image/svg+xml"}, {".webp", "image/webp"},
        {".avif", "image/avif"},
    };

    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (span_ends(path, types[i].end))
            return types[i].type;
    return NULL;
}

/* The file beside the chapter. %E4 is one byte, as pandoc writes it. */
static const char *path_of(const struct linker *linker, struct span address)
{
    const char *chapter = linker->outline->chapter->source.path, *slash = strrchr(chapter, '/');
    struct buf path = {0};
    const char *copy;

    if (slash != NULL)
        buf_add(&path, span_between(chapter, slash + 1));
    escape_undo_percent(&path, address);
    copy = arena_copy(linker->arena, path.ptr, path.len);
    buf_free(&path);
    return copy;
}

static bool is_remote(struct span address)
{
    return span_starts(address, "http:") || span_starts(address, "https:") ||
           span_starts(address, "//");
}

/* Other addresses stay as they are: data:, and colours of a background. */
static void add_image(struct linker *linker, struct span address)
{
    const char *type = media_type(address), *path;
    struct span bytes;

    if (is_remote(address)) {
        if (linker->remote++ == 0)
            linker->first_remote = address;
    } else if (type != NULL && !span_starts(address, "data:")) {
        path = path_of(linker, address);
        if (file_exists(path) && file_read(linker->arena, path, &bytes, linker->diags)) {
            buf_addf(linker->out, "data:%s;base64,", type);
            escape_base64(linker->out, bytes);
            return;
        }
        warn(linker, address, "this image is not there; it is looked for beside the chapter");
    }
    buf_add(linker->out, address);
}

static void report_remote(const struct linker *linker)
{
    struct buf text = {0};

    if (linker->remote == 0)
        return;
    buf_adds(&text, "this image comes from the network each time; save it beside the chapter, and "
                    "it is part of the page");
    if (linker->remote > 1)
        buf_addf(&text, " (so do %u more)", linker->remote - 1);
    warn(linker, linker->first_remote, buf_string(&text));
    buf_free(&text);
}

/* Tags ---------------------------------------------------------------------- */

/* The value of one attribute, if the tag has it, done by `add`. */
static bool add_with(struct linker *linker, struct span tag, const char *start,
                     void (*add)(struct linker *, struct span))
{
    struct span rest = tag, before, value;

    if (!span_find(&rest, start, &before))
        return false;
    rest = span_skip(rest, strlen(start));
    buf_add(linker->out, span_between(tag.ptr, rest.ptr));
    if (!span_find(&rest, "\"", &value))
        value = rest;
    add(linker, value);
    buf_add(linker->out, span_between(value.ptr + value.len, tag.ptr + tag.len));
    return true;
}

static void add_link(struct linker *linker, struct span address)
{
    if (span_starts(address, "#/"))
        add_address(linker, address);
    else
        buf_add(linker->out, address);
}

static void add_tag(struct linker *linker, struct span tag)
{
    bool done = false;

    if (span_starts(tag, "<a "))
        done = add_with(linker, tag, " href=\"", add_link);
    else if (span_starts(tag, "<img "))
        done = add_with(linker, tag, " src=\"", add_image);
    else if (span_starts(tag, "<section "))
        done = add_with(linker, tag, " data-background=\"", add_image) ||
               add_with(linker, tag, " data-background-image=\"", add_image);
    if (!done)
        buf_add(linker->out, tag);
}

void links_finish(const struct outline *outline, struct span html, struct arena *arena,
                  struct buf *out, struct diags *diags)
{
    struct linker linker = {.outline = outline, .arena = arena, .out = out, .diags = diags};
    struct span before, tag;

    while (span_find(&html, "<", &before)) {
        struct span rest = html;

        buf_add(out, before);
        if (!span_find(&rest, ">", &tag))
            break;
        add_tag(&linker, tag);
        html = rest;
    }
    buf_add(out, html);
    report_remote(&linker);
}
