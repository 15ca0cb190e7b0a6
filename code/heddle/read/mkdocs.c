#include "heddle/read/mkdocs.h"

#include <ctype.h>
#include <string.h>

#include "heddle/base/array.h"
#include "heddle/read/container.h"

enum { INDENT = 4, MARK = 3, DEEPEST = 3 /* columns of a mark, from its container's edge */ };

struct finder {
    struct mkdocs_containers *containers;
    const struct source *source;
    struct arena *arena;
    unsigned first;
    size_t cap;
    const char **masked;
    struct container_code code;
    unsigned code_edge; /* of the container that it is in */
};

/* Lines ------------------------------------------------------------------------ */

static unsigned column_of(struct span line, struct span text)
{
    return container_width(line, text.ptr);
}

/* What stands behind a mark, or an empty span at NULL. */
static struct span behind_mark(struct span text)
{
    struct span rest = span_skip(text, MARK);

    if (!span_starts(text, "!!!") && !span_starts(text, "???") && !span_starts(text, "==="))
        return (struct span){0};
    if (text.ptr[0] != '!' && rest.len > 0 && strchr("+!", rest.ptr[0]) != NULL)
        rest = span_skip(rest, 1);
    if (rest.len < 2 || rest.ptr[0] != ' ')
        return (struct span){0};
    rest = span_trim(rest);
    if (rest.len == 0 ||
        (rest.ptr[0] != '"' && (text.ptr[0] == '=' || !isalpha((unsigned char)rest.ptr[0]))))
        return (struct span){0};
    return rest;
}

/* Where the container that opens on a line ends: before the first line that is
 * not indented far enough. The same line when it holds nothing. */
static unsigned find_end(const struct source *source, unsigned line, unsigned column)
{
    unsigned end = line;

    while (++line <= source->line_count) {
        struct span text = source_line(source, line), inner = span_trim(text);

        if (inner.len > 0 && column_of(text, inner) < column + INDENT)
            break;
        if (inner.len > 0)
            end = line;
    }
    return end;
}

/* The edge of the innermost container that holds a line. */
static unsigned edge_at(const struct finder *finder, unsigned line)
{
    const struct mkdocs_containers *containers = finder->containers;

    for (size_t i = containers->count; i-- > 0;) {
        if (line < containers->list[i].end)
            return containers->list[i].column + INDENT;
        if (containers->list[i].column == 0)
            break; /* those before it ended earlier */
    }
    return 0;
}

/* Code ------------------------------------------------------------------------- */

static bool pass_code(struct finder *finder, struct span line, unsigned edge)
{
    struct container_code *code = &finder->code;
    struct span text = span_trim(line);

    if (code->fence != '\0' && text.len > 0 && column_of(line, text) < finder->code_edge)
        code->fence = '\0'; /* its container has ended */
    if (code->fence == '\0')
        finder->code_edge = edge;
    return container_pass_code(code, line);
}

/* Containers ------------------------------------------------------------------- */

/* An item's mark, and letters, lest the title be read as anything. */
static void mask(struct finder *finder, struct span text)
{
    const char *begin = finder->source->line_starts[finder->first - 1];
    const char *end = finder->source->text.ptr + finder->source->text.len;
    char *at;

    if (*finder->masked == NULL)
        *finder->masked = arena_copy(finder->arena, begin, (size_t)(end - begin));
    at = (char *)(uintptr_t)*finder->masked + (text.ptr - begin);
    memset(at, 'x', text.len);
    at[0] = '-';
    memset(at + 1, ' ', INDENT - 1);
}

static void add(struct finder *finder, unsigned line, struct span text, struct span rest)
{
    struct mkdocs_containers *containers = finder->containers;
    struct mkdocs_container *container =
        ARRAY_PUSH_IN(finder->arena, containers->list, containers->count, finder->cap);
    size_t len = 0;

    *container = (struct mkdocs_container){
        .line = line,
        .column = column_of(source_line(finder->source, line), text),
        .folds = text.ptr[0] == '?',
        .open = span_starts(text, "???+"),
    };
    container->end = find_end(finder->source, line, container->column) + 1;
    while (len < rest.len && rest.ptr[len] != '"' && rest.ptr[len] != ' ')
        len++;
    container->kind = (struct span){rest.ptr, len};
    rest = span_trim(span_skip(rest, len));
    while (rest.len > 0 && rest.ptr[0] != '"')
        rest = span_skip(rest, 1);
    container->title = span_skip(rest, 1);
    if (span_ends(container->title, "\""))
        container->title.len--;
    mask(finder, text);
}

static void look_at(struct finder *finder, unsigned line)
{
    struct span raw = source_line(finder->source, line), text = span_trim(raw), rest;
    unsigned edge = edge_at(finder, line), column;

    if (text.len == 0 || pass_code(finder, raw, edge))
        return;
    rest = behind_mark(text);
    column = rest.ptr != NULL ? column_of(raw, text) : 0;
    if (rest.ptr != NULL && column >= edge && column <= edge + DEEPEST &&
        find_end(finder->source, line, column) > line)
        add(finder, line, text, rest);
}

void mkdocs_find(struct mkdocs_containers *containers, const struct source *source, unsigned first,
                 const char **masked, struct arena *arena)
{
    struct finder finder = {.containers = containers,
                            .source = source,
                            .arena = arena,
                            .first = first,
                            .masked = masked};

    *containers = (struct mkdocs_containers){0};
    if (!span_has(source->text, "!!! ") && !span_has(source->text, "???") &&
        !span_has(source->text, "=== ") && !span_has(source->text, "===+") &&
        !span_has(source->text, "===!"))
        return;
    for (unsigned line = first; line <= source->line_count; line++)
        look_at(&finder, line);
}
