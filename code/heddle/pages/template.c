#include "heddle/pages/template.h"

#include <string.h>

#include "heddle/base/escape.h"
#include "heddle/system/filter.h"

/* A line that is a comment, or, when it does not end there, begins one. */
static bool is_comment(struct span line, bool *goes_on)
{
    struct span before, rest = span_skip(line, span_starts(line, "/*") ? 2 : 0);

    *goes_on = span_starts(line, "/*") && !span_find(&rest, "*/", &before);
    return *goes_on || (span_starts(line, "/*") && rest.len == 2);
}

/* Comments that have lines to themselves are for those who change a style or a
 * script, as indents are: a page travels without them. */
static struct span without_comments(struct arena *arena, struct span text)
{
    struct buf out = {0};
    bool inside = false;

    for (struct span line; span_line(&text, &line);) {
        line = span_trim(line);
        if (inside)
            inside = !span_ends(line, "*/");
        else if (line.len > 0 && !is_comment(line, &inside))
            buf_addf(&out, "%.*s\n", SPAN_ARG(line));
    }
    return buf_take(&out, arena);
}

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

/* Files --------------------------------------------------------------------- */

static const char *join(struct arena *arena, const char *folder, struct span name)
{
    struct buf path = {0};

    buf_addf(&path, "%s/%.*s", folder, SPAN_ARG(name));
    return buf_take(&path, arena).ptr;
}

static bool read_part(const struct template *template, struct span name, struct span *text)
{
    const char *path = join(template->arena, template->deck_dir, name);

    if (!file_exists(path))
        path = join(template->arena, template->modules_dir, name);
    if (file_exists(path))
        return file_read(template->arena, path, text, template->diags);
    diag_system(template->diags,
                "cannot find %.*s in %s or %s; name other folders with --deck and "
                "--modules, or install what a page needs with make deps",
                SPAN_ARG(name), template->deck_dir, template->modules_dir);
    return false;
}

/* gzip -n leaves out the time, so that the same file always gives the same. */
static void add_packed(const struct template *template, struct span text, struct buf *out)
{
    static const char *const gzip[] = {"gzip", "-9", "-n", "-c", NULL};
    struct span packed;

    if (filter_run(&(struct filter){gzip, template->cache_dir}, text, NULL, template->arena,
                   &packed, template->diags))
        escape_base64(out, packed);
}

void template_pack(const struct template *template, const char *id, struct span text,
                   struct buf *out)
{
    buf_addf(out, "<script type=\"application/gzip\" id=\"%s\">", id);
    add_packed(template, text, out);
    buf_adds(out, "</script>\n");
}

/* Templates ----------------------------------------------------------------- */

static void fill(const struct template *template, struct span text,
                 const struct template_value *values, size_t count, struct buf *out);

static void add_file(const struct template *template, struct span kind, struct span name,
                     struct buf *out)
{
    struct span text;

    if (!read_part(template, name, &text))
        return;
    if (span_is(kind, "style")) {
        fill(template, without_comments(template->arena, text), NULL, 0, out);
    } else if (span_is(kind, "script")) {
        add_script(out, without_comments(template->arena, text));
    } else if (span_is(kind, "woff2")) {
        buf_adds(out, "data:font/woff2;base64,");
        escape_base64(out, text);
    } else if (span_is(kind, "gzip")) {
        add_packed(template, text, out);
    } else {
        diag_system(template->diags,
                    "the template says {{%.*s %.*s}}; there is style, script, woff2 "
                    "and gzip",
                    SPAN_ARG(kind), SPAN_ARG(name));
    }
}

static void add_value(const struct template *template, struct span name,
                      const struct template_value *values, size_t count, struct buf *out)
{
    for (size_t i = 0; i < count; i++)
        if (span_is(name, values[i].name)) {
            buf_add(out, values[i].text);
            return;
        }
    diag_system(template->diags, "the template asks for {{%.*s}}, which this page has not",
                SPAN_ARG(name));
}

static void fill(const struct template *template, struct span text,
                 const struct template_value *values, size_t count, struct buf *out)
{
    struct span before, name;

    while (span_find(&text, "{{", &before)) {
        const char *blank;

        buf_add(out, before);
        text = span_skip(text, 2);
        if (!span_find(&text, "}}", &name))
            return;
        text = span_skip(text, 2);
        blank = memchr(name.ptr, ' ', name.len);
        if (blank != NULL)
            add_file(template, span_between(name.ptr, blank),
                     span_between(blank + 1, name.ptr + name.len), out);
        else
            add_value(template, name, values, count, out);
    }
    buf_add(out, text);
}

void template_fill(const struct template *template, const char *template_name,
                   const struct template_value *values, size_t value_count, struct buf *out)
{
    struct span text;

    if (read_part(template, span_of(template_name), &text))
        fill(template, text, values, value_count, out);
}
