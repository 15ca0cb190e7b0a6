#include "heddle/tangle/locate.h"

#include <stdlib.h>

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
