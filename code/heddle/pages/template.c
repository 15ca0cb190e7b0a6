#include "heddle/pages/template.h"

#include <string.h>

#include "heddle/base/escape.h"
#include "heddle/system/filter.h"

/* A script must not hold what ends or hides a script (HTML, section 4.12.1.3);
 * in the strings where such text stands, \x3C is the same. */
static void add_script(struct buf *out, struct span text)
{
    struct span before;

    while (span_find(&text, "<", &before)) {
        buf_add(out, before);
        if (span_starts(text, "</script") || span_starts(text, "<script") ||
            span_starts(text, "<!--"))
            buf_adds(out, "\\x3C");
        else
            buf_addc(out, '<');
        text = span_skip(text, 1);
    }
    buf_add(out, text);
}

/* Behind these no script and no style needs its line to end; behind a comment
 * of one line it would. */
static bool needs_no_end(struct span line)
{
    return strchr("{;,", line.ptr[line.len - 1]) != NULL &&
           !span_find(&line, "//", &(struct span){0});
}

/* Without indentation, empty lines and the comments that begin a line, for what
 * travels in a page: so a string in our scripts and styles ends on its line. */
static struct span squeeze(struct arena *arena, struct span text)
{
    struct buf out = {0};
    struct span line, kept;
    bool in_comment = false;

    while (span_line(&text, &line)) {
        line = span_trim(line);
        in_comment = in_comment || span_starts(line, "/*");
        if (in_comment) {
            in_comment = !span_ends(line, "*/");
        } else if (line.len > 0) {
            buf_add(&out, line);
            buf_adds(&out, needs_no_end(line) ? "" : "\n");
        }
    }
    kept = (struct span){out.len > 0 ? arena_copy(arena, out.ptr, out.len) : "", out.len};
    buf_free(&out);
    return kept;
}

/* Files --------------------------------------------------------------------- */

static const char *join(struct arena *arena, const char *folder, struct span name)
{
    struct buf path = {0};
    const char *copy;

    buf_addf(&path, "%s/%.*s", folder, SPAN_ARG(name));
    copy = arena_copy(arena, path.ptr, path.len);
    buf_free(&path);
    return copy;
}

static bool read_part(const struct template *page, struct span name, struct span *text)
{
    const char *path = join(page->arena, page->deck_dir, name);

    if (!file_exists(path))
        path = join(page->arena, page->modules_dir, name);
    if (file_exists(path))
        return file_read(page->arena, path, text, page->diags);
    diag_system(page->diags,
                "cannot find %.*s in %s or %s; name other folders with --deck and "
                "--modules, or install what a page needs with make deps",
                SPAN_ARG(name), page->deck_dir, page->modules_dir);
    return false;
}

/* gzip -n leaves out the time, so that the same file always gives the same. */
static void add_packed(const struct template *page, struct span text, struct buf *out)
{
    static const char *const gzip[] = {"gzip", "-9", "-n", "-c", NULL};
    struct span packed;

    if (filter_run(&(struct filter){gzip, page->cache_dir}, text, NULL, page->arena, &packed,
                   page->diags))
        escape_base64(out, packed);
}

/* Templates ----------------------------------------------------------------- */

static void fill(const struct template *page, struct span template,
                 const struct template_value *values, size_t count, struct buf *out);

static void add_file(const struct template *page, struct span kind, struct span name,
                     struct buf *out)
{
    struct span text;

    if (!read_part(page, name, &text))
        return;
    if (span_is(kind, "style")) {
        fill(page, squeeze(page->arena, text), NULL, 0, out);
    } else if (span_is(kind, "script")) {
        add_script(out, squeeze(page->arena, text));
    } else if (span_is(kind, "woff2")) {
        buf_adds(out, "data:font/woff2;base64,");
        escape_base64(out, text);
    } else if (span_is(kind, "gzip")) {
        add_packed(page, text, out);
    } else {
        diag_system(page->diags,
                    "the template says {{%.*s %.*s}}; there is style, script, woff2 "
                    "and gzip",
                    SPAN_ARG(kind), SPAN_ARG(name));
    }
}

static void add_value(const struct template *page, struct span name,
                      const struct template_value *values, size_t count, struct buf *out)
{
    for (size_t i = 0; i < count; i++)
        if (span_is(name, values[i].name)) {
            buf_add(out, values[i].text);
            return;
        }
    diag_system(page->diags, "the template asks for {{%.*s}}, which this page has not",
                SPAN_ARG(name));
}

static void fill(const struct template *page, struct span template,
                 const struct template_value *values, size_t count, struct buf *out)
{
    struct span before, name;

    while (span_find(&template, "{{", &before)) {
        const char *blank;

        buf_add(out, before);
        template = span_skip(template, 2);
        if (!span_find(&template, "}}", &name))
            return;
        template = span_skip(template, 2);
        blank = memchr(name.ptr, ' ', name.len);
        if (blank != NULL)
            add_file(page, span_between(name.ptr, blank),
                     span_between(blank + 1, name.ptr + name.len), out);
        else
            add_value(page, name, values, count, out);
    }
    buf_add(out, template);
}

void template_fill(const struct template *page, const char *template_name,
                   const struct template_value *values, size_t value_count, struct buf *out)
{
    struct span template;

    if (read_part(page, span_of(template_name), &template))
        fill(page, template, values, value_count, out);
}
