#define _GNU_SOURCE /* memmem */
#include "heddle/read/hackmd_talk.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "heddle/base/array.h"
#include "heddle/read/container.h"
#include "heddle/read/front_matter.h"

enum { CODE_INDENT = 4 }; /* CommonMark 0.30, section 4.4 */

/* The front matter ---------------------------------------------------------- */

bool hackmd_is_talk(struct span front_matter)
{
    struct span rest = front_matter, line;

    while (span_line(&rest, &line))
        if (span_starts(line, "slideOptions:"))
            return true;
    return span_is(front_matter_value(front_matter, "type"), "slide");
}

/* Lines --------------------------------------------------------------------- */

bool hackmd_separates(const struct source *source, unsigned line)
{
    struct span text = span_trim(source_line(source, line));

    return (span_is(text, "---") || span_is(text, "----")) &&
           span_trim(source_line(source, line - 1)).len == 0 &&
           span_trim(source_line(source, line + 1)).len == 0;
}

static bool contains(struct span text, const char *word)
{
    return text.len > 0 && memmem(text.ptr, text.len, word, strlen(word)) != NULL;
}

struct span hackmd_tag_value(struct span tag, const char *name)
{
    for (; tag.len > 0; tag = span_skip(tag, 1)) {
        struct span value = span_skip(tag, strlen(name) + 3);
        const char *end;

        if (strchr(" \t", tag.ptr[0]) == NULL || !span_starts(span_skip(tag, 1), name) ||
            !span_starts(span_skip(tag, strlen(name) + 1), "=\""))
            continue;
        end = value.len > 0 ? memchr(value.ptr, '"', value.len) : NULL;
        if (end != NULL)
            return span_between(value.ptr, end);
    }
    return span_of("");
}

bool hackmd_sized_image(struct span *text, struct hackmd_image *image)
{
    struct span rest = span_skip(*text, 2), inner, size;
    const char *x;

    if (!span_starts(*text, "](") || !span_find(&rest, ")", &inner))
        return false;
    size = inner;
    if (!span_find(&size, " =", &image->address))
        return false;
    size = span_skip(size, 2);
    x = size.len > 0 ? memchr(size.ptr, 'x', size.len) : NULL;
    for (size_t i = 0; i < size.len; i++)
        if (strchr("0123456789%xpem", size.ptr[i]) == NULL)
            return false;
    if (x == NULL)
        return false;
    image->width = span_between(size.ptr, x);
    image->height = span_between(x + 1, size.ptr + size.len);
    *text = span_skip(rest, 1);
    return true;
}

bool hackmd_next_attribute(struct span *text, struct span *name, struct span *value)
{
    struct span before;

    if (!span_find(text, "=\"", &before))
        return false;
    *name = span_trim(before);
    for (size_t i = name->len; i > 0; i--)
        if (isspace((unsigned char)name->ptr[i - 1])) {
            *name = span_skip(*name, i);
            break;
        }
    *text = span_skip(*text, 2);
    if (!span_find(text, "\"", value))
        return false;
    *text = span_skip(*text, 1);
    return true;
}

struct span hackmd_comment(struct span text, const char *kind)
{
    struct span words = {0};

    if (!span_starts(text, "<!--"))
        return words;
    text = span_skip(text, 4);
    while (text.len > 0 && isspace((unsigned char)text.ptr[0]))
        text = span_skip(text, 1);
    if (span_starts(text, kind)) {
        text = span_skip(text, strlen(kind));
        span_find(&text, "-->", &words);
    }
    return words;
}

/* <aside class="notes"> at the start of the text, or empty. */
static struct span opening_tag(struct span text)
{
    const char *end = span_starts(text, "<aside") ? memchr(text.ptr, '>', text.len) : NULL;
    struct span tag = {text.ptr, 0};

    if (end != NULL && contains(hackmd_tag_value(span_between(text.ptr, end), "class"), "notes"))
        tag = span_between(text.ptr, end + 1);
    return tag;
}

/* Scanning ------------------------------------------------------------------ */

struct scanner {
    struct hackmd_notes *notes;
    const struct source *source;
    struct arena *arena;
    struct diags *diags;
    unsigned first;
    size_t cap;
    char *masked;
    char fence; /* the open fence's character, or NUL */
    size_t fence_length;
    bool in_comment;
    bool in_aside, in_note; /* at most one of them */
};

/* Code between the fences, the closing one included. */
static bool pass_code(struct scanner *scanner, struct span line)
{
    struct span mark = container_skip(line);

    if (scanner->fence != '\0') {
        size_t run = container_run(mark, scanner->fence);

        if (run >= scanner->fence_length && span_trim(span_skip(mark, run)).len == 0)
            scanner->fence = '\0';
        return true;
    }
    if (!container_opens_fence(line, '`') && !container_opens_fence(line, '~'))
        return false;
    while (strchr("`~", mark.ptr[0]) == NULL)
        mark = span_skip(mark, 1);
    scanner->fence = mark.ptr[0];
    scanner->fence_length = container_run(mark, scanner->fence);
    return true;
}

static bool pass_comment(struct scanner *scanner, struct span text)
{
    bool inside = scanner->in_comment || span_starts(text, "<!--");

    scanner->in_comment = inside && !contains(text, "-->");
    return inside;
}

static void add_edge(struct scanner *scanner, struct hackmd_edge edge)
{
    struct hackmd_notes *notes = scanner->notes;

    *ARRAY_PUSH_IN(scanner->arena, notes->edges, notes->count, scanner->cap) = edge;
}

/* Blanks, where the tag has its line for itself; else letters, lest the text
 * beside it turn into indented code. */
static void mask(struct scanner *scanner, struct span what, struct span beside)
{
    const char *begin = scanner->source->line_starts[scanner->first - 1];
    const char *end = scanner->source->text.ptr + scanner->source->text.len;

    if (scanner->masked == NULL)
        scanner->masked = arena_copy(scanner->arena, begin, (size_t)(end - begin));
    memset(scanner->masked + (what.ptr - begin), span_trim(beside).len > 0 ? 'x' : ' ', what.len);
}

static void open_notes(struct scanner *scanner, unsigned line, struct span tag, struct span beside)
{
    mask(scanner, tag, beside);
    if (tag.ptr[0] != '<')
        tag.len = 0;
    add_edge(scanner, (struct hackmd_edge){line, true, span_trim(beside), tag});
}

/* </aside> at the end of the text closes the notes; what is before it is theirs. */
static void look_for_end(struct scanner *scanner, unsigned line, struct span text)
{
    static const char tag[] = "</aside>";
    struct span before = {text.ptr, text.len};

    if (!span_ends(text, tag))
        return;
    before.len -= strlen(tag);
    mask(scanner, span_skip(text, before.len), before);
    scanner->in_aside = false;
    if (scanner->notes->edges[scanner->notes->count - 1].line == line) {
        scanner->notes->edges[scanner->notes->count - 1].beside = span_trim(before);
        before.len = 0;
    }
    add_edge(scanner, (struct hackmd_edge){line, false, before, {0}});
}

static void look_for_begin(struct scanner *scanner, bool is_talk, unsigned line, struct span text)
{
    struct span tag = opening_tag(text);

    if (tag.len > 0) {
        open_notes(scanner, line, tag, span_skip(text, tag.len));
        scanner->in_aside = true;
        look_for_end(scanner, line, span_skip(text, tag.len));
    } else if (is_talk && text.len >= 5 && strncasecmp(text.ptr, "note:", 5) == 0) {
        open_notes(scanner, line, (struct span){text.ptr, 5}, span_skip(text, 5));
        scanner->in_note = true;
    }
}

/* The slide ends before `line`, and its notes with it. The line before is empty,
 * or it is the chapter's last. */
static void end_notes(struct scanner *scanner, unsigned line)
{
    struct span text = source_line(scanner->source, line - 1);
    const struct hackmd_edge *last;

    if (!scanner->in_aside && !scanner->in_note)
        return;
    last = &scanner->notes->edges[scanner->notes->count - 1];
    if (scanner->in_aside)
        diag_add(scanner->diags, DIAG_WARNING, source_place(scanner->source, last->tag.ptr),
                 (unsigned)last->tag.len,
                 "these notes are never closed; end them with a line </aside>");
    if (last->line == line - 1)
        text.len = 0;
    add_edge(scanner, (struct hackmd_edge){line - 1, false, text, {0}});
    scanner->in_aside = scanner->in_note = false;
}

static void scan_line(struct scanner *scanner, bool is_talk, unsigned line)
{
    struct span raw = source_line(scanner->source, line), text = span_trim(raw);

    if (pass_code(scanner, raw) || pass_comment(scanner, text))
        return;
    if (is_talk && hackmd_separates(scanner->source, line))
        end_notes(scanner, line);
    else if (scanner->in_aside)
        look_for_end(scanner, line, text);
    else if (!scanner->in_note && container_width(raw, text.ptr) < CODE_INDENT)
        look_for_begin(scanner, is_talk, line, text);
}

void hackmd_find_notes(struct hackmd_notes *notes, const struct source *source, unsigned first,
                       bool is_talk, struct arena *arena, struct diags *diags)
{
    struct scanner scanner = {
        .notes = notes, .source = source, .arena = arena, .diags = diags, .first = first};

    *notes = (struct hackmd_notes){0};
    if (!is_talk && !contains(source->text, "<aside"))
        return;
    for (unsigned line = first; line <= source->line_count; line++)
        scan_line(&scanner, is_talk, line);
    end_notes(&scanner, source->line_count + 1);
    notes->masked = scanner.masked;
}
