#define _GNU_SOURCE /* memmem */
#include "heddle/slides/talk_style.h"

#include <string.h>

#include "heddle/slides/talk_scope.h"

bool talk_style_is_in(const struct chapter *chapter)
{
    return chapter->is_talk && span_has(chapter->source.text, "<style");
}

static bool is_balanced(struct span css)
{
    unsigned depth = 0;

    while (css.len > 0) {
        struct span rest = talk_scope_behind_literal(css);

        if (rest.len < css.len) {
            css = rest;
            continue;
        }
        if (css.ptr[0] == '}' && depth == 0)
            return false;
        depth += css.ptr[0] == '{';
        depth -= css.ptr[0] == '}';
        css = span_skip(css, 1);
    }
    return depth == 0;
}

/* Where a piece of the style stands in the chapter: its bytes are there, but
 * the tree has a copy of them. */
static void warn(const struct chapter *chapter, struct span piece, struct diags *diags,
                 const char *message)
{
    const struct source *source = &chapter->source;
    const char *at =
        piece.len > 0 ? memmem(source->text.ptr, source->text.len, piece.ptr, piece.len) : NULL;

    diag_add(diags, DIAG_WARNING,
             at != NULL ? source_place(source, at) : (struct place){source, 1, 1},
             at != NULL ? (unsigned)span_width(piece) : 1, "%s", message);
}

static struct span first_line(struct span text)
{
    struct span line = {0};

    while (span_trim(line).len == 0 && span_line(&text, &line))
        ;
    return span_trim(line);
}

/* @import cannot stand in a block, and the page asks for nothing. */
static void name_requests(struct span css, const struct chapter *chapter, struct diags *diags)
{
    static const char *const marks[] = {"@import", "url(http", "url(\"http", "url('http", "url(//"};

    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        struct span rest = css, line;

        while (span_find(&rest, marks[i], &line)) {
            bool imported = i > 0 && span_ends(span_trim(line), "@import");

            line = first_line(rest);
            rest = span_skip(rest, strlen(marks[i]));
            if (imported)
                continue;
            warn(chapter, line, diags,
                 i == 0 ? "what a style imports is left out; write its rules here"
                        : "this comes from the network each time; save it beside the chapter");
        }
    }
}

/* A length that is not the type's: 1.1rem, 20px. */
static bool is_absolute(struct span value)
{
    static const char *const units[] = {"rem", "px", "pt"};

    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (span_find(&(struct span){value.ptr, value.len}, units[i], &(struct span){0}))
            return true;
    return false;
}

/* The rules as they are, but for heights of lines that were measured for other type: they
 * would set lines over each other. */
static void add_rules(struct span css, struct buf *out)
{
    static const char property[] = "line-height";
    struct span rest = css, before;

    while (span_find(&rest, property, &before)) {
        struct span behind = span_skip(rest, strlen(property)), value = behind;
        size_t len = 0;

        while (len < value.len && strchr(";}\n", value.ptr[len]) == NULL)
            len++;
        value.len = len;
        buf_add(out, before);
        buf_addf(out, "%s%s", is_absolute(value) ? "--was-" : "", property);
        rest = behind;
    }
    buf_add(out, rest);
}

void talk_style_finish(struct html_node *style, const struct chapter *chapter, struct arena *arena,
                       struct diags *diags)
{
    struct span css = style->first != NULL ? style->first->markup : (struct span){0};
    struct buf kept = {0}, scoped = {0};

    if (css.len == 0)
        return;
    if (!is_balanced(css)) {
        warn(chapter, first_line(css), diags,
             "the braces of this style do not match, and it is left out");
        style->first->markup.len = 0;
        return;
    }
    name_requests(css, chapter, diags);
    if (chapter->talk.slidev)
        buf_adds(&kept, "\n@scope {"); /* the slide that it stands on */
    else
        buf_addf(&kept, "\n@scope ([data-talk=\"%s\"]) {", chapter->source.path);
    talk_scope_add(css, &scoped);
    add_rules(buf_span(&scoped), &kept);
    buf_free(&scoped);
    buf_adds(&kept, "}\n");
    style->first->markup = buf_take(&kept, arena);
    buf_free(&kept);
}
