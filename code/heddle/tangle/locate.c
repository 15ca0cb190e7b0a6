#include "heddle/tangle/locate.h"

#include <stdlib.h>
#include <string.h>

#include "heddle/base/array.h"
#include "heddle/tangle/tangle.h"

enum locate_result locate_in_chapter(const struct web *web, struct span path, unsigned line,
                                     struct location *found)
{
    const struct target *target = table_get(&web->paths, path);
    struct origin *origins;
    size_t count;
    enum locate_result result = LOCATE_NO_LINE;

    if (target == NULL)
        return LOCATE_NO_FILE;
    origins = tangle_origins(target, &count);
    *found = (struct location){.line = (unsigned)count};
    if (line >= 1 && line <= count) {
        const struct origin *origin = &origins[line - 1];

        *found = (struct location){span_of(origin->part->chapter->source.path), origin->line,
                                   origin->part->chunk};
        result = LOCATE_FOUND;
    }
    free(origins);
    return result;
}

struct places {
    struct location *list;
    size_t count, cap;
};

static void search_target(const struct target *target, const struct chapter *chapter, unsigned line,
                          struct places *found)
{
    size_t lines;
    struct origin *origins = tangle_origins(target, &lines);

    for (size_t i = 0; i < lines; i++)
        if (origins[i].line == line && origins[i].part->chapter == chapter)
            *ARRAY_PUSH(found->list, found->count, found->cap) =
                (struct location){target->path, (unsigned)i + 1, origins[i].part->chunk};
    free(origins);
}

enum locate_result locate_in_code(const struct web *web, struct span path, unsigned line,
                                  struct location **found, size_t *count)
{
    const struct chapter *chapter = NULL;
    struct places places = {0};

    *found = NULL;
    *count = 0;
    for (size_t i = 0; i < web->chapter_count; i++)
        if (span_is(path, web->chapters[i].source.path))
            chapter = &web->chapters[i];
    if (chapter == NULL)
        return LOCATE_NO_FILE;
    for (size_t i = 0; i < web->target_count; i++)
        search_target(web->targets[i], chapter, line, &places);
    *found = places.list;
    *count = places.count;
    return *count > 0 ? LOCATE_FOUND : LOCATE_NO_LINE;
}

/* Plain twins ----------------------------------------------------------------- */

/* The path of a file at the start of `text`; NULL: none begins there. */
static const struct target *read_path(const struct web *web, struct span text, size_t *len)
{
    const struct target *target;

    for (*len = 0; *len < text.len && strchr(" \t\n\"'\\:,;()<>", text.ptr[*len]) == NULL; ++*len)
        ;
    target = table_get(&web->paths, (struct span){text.ptr, *len});
    return target;
}

/* ":12" at the start of `text`: its digits. */
static struct span read_line(struct span text)
{
    size_t len = 1;

    while (len < text.len && text.ptr[len] >= '0' && text.ptr[len] <= '9')
        len++;
    return text.len > 0 && text.ptr[0] == ':' ? (struct span){text.ptr + 1, len - 1}
                                              : (struct span){text.ptr, 0};
}

/* What stands behind "PLAIN/" in `rest`; moves behind what was understood. */
static bool rewrite_one(const struct web *web, struct span *rest, struct buf *out)
{
    size_t len;
    const struct target *target = read_path(web, *rest, &len);
    struct span digits = read_line(span_skip(*rest, len));
    struct location found;
    unsigned long line;

    if (target == NULL)
        return false;
    if (digits.len == 0) {
        buf_adds(out, target->part->chapter->source.path);
        *rest = span_skip(*rest, len);
        return true;
    }
    if (!span_number(digits, 1u << 30, &line) ||
        locate_in_chapter(web, target->path, (unsigned)line, &found) != LOCATE_FOUND)
        return false;
    buf_addf(out, "%.*s:%u", SPAN_ARG(found.path), found.line);
    *rest = span_skip(*rest, len + 1 + digits.len);
    return true;
}

void locate_rewrite(const struct web *web, const char *plain, struct span text, struct buf *out)
{
    struct buf prefix = {0};
    struct span before;

    buf_addf(&prefix, "%s/", plain);
    while (span_find(&text, buf_string(&prefix), &before)) {
        buf_add(out, before);
        text = span_skip(text, prefix.len);
        if (!rewrite_one(web, &text, out))
            buf_add(out, buf_span(&prefix));
    }
    buf_add(out, text);
    buf_free(&prefix);
}

static void add_lines(const struct target *target, const char *plain, struct buf *out)
{
    size_t count;
    struct origin *origins = tangle_origins(target, &count);

    for (size_t i = 0; i < count; i++)
        buf_addf(out, "%s/%.*s %zu %s %u\n", plain, SPAN_ARG(target->path), i + 1,
                 origins[i].part->chapter->source.path, origins[i].line);
    free(origins);
}

void locate_table(const struct web *web, const char *plain, struct buf *out)
{
    for (size_t i = 0; i < web->target_count; i++)
        if (web->targets[i]->c && web->targets[i]->in_make)
            add_lines(web->targets[i], plain, out);
}
