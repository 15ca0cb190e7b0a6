#include "heddle/web/answer.h"

#include <string.h>

static bool is_hole(const struct chunk *chunk)
{
    for (const struct part *part = chunk->first; part != NULL; part = part->next)
        if (attr_has_class(&part->block->attrs, "hole"))
            return true;
    return false;
}

static bool fills_hole(const struct web *web, const struct use *use)
{
    const struct chunk *chunk = use->escaped ? NULL : table_get(&web->names, use->name);

    return chunk != NULL && is_hole(chunk);
}

struct use *exercise_hole(const struct web *web, const struct target *program)
{
    struct use *hole = NULL;

    for (struct part *part = program->chunk->first; part != NULL; part = part->next)
        for (size_t i = 0; i < part->use_count; i++) {
            if (!fills_hole(web, &part->uses[i]))
                continue;
            if (hole != NULL)
                return NULL;
            hole = &part->uses[i];
        }
    return hole;
}

/* The same lines, but what they use is known already: a copy is in no list of
 * parts, so nobody would look the names up. */
static struct part *copy_part(struct web *web, const struct part *part, struct chunk *chunk,
                              struct chunk *answer)
{
    struct part *copy = arena_alloc(&web->arena, sizeof *copy);

    *copy = *part;
    copy->chunk = chunk;
    copy->next = NULL;
    copy->uses = arena_array(&web->arena, part->use_count, sizeof *copy->uses);
    for (size_t i = 0; i < part->use_count; i++) {
        copy->uses[i] = part->uses[i];
        if (fills_hole(web, &part->uses[i]))
            copy->uses[i].chunk = answer;
        else if (!part->uses[i].escaped)
            copy->uses[i].chunk = table_get(&web->names, part->uses[i].name);
    }
    return copy;
}

struct chunk *answer_chunk(struct web *web, const struct target *program, struct chunk *answer)
{
    struct chunk *chunk = arena_alloc(&web->arena, sizeof *chunk);

    chunk->has_target = true;
    chunk->exercise = program->chunk;
    for (const struct part *part = program->chunk->first; part != NULL; part = part->next) {
        struct part *copy = copy_part(web, part, chunk, answer);

        if (chunk->first == NULL)
            chunk->first = copy;
        else
            chunk->last->next = copy;
        chunk->last = copy;
    }
    return chunk;
}

struct span answer_path(struct arena *arena, const struct target *program, struct span name)
{
    struct buf path = {0};

    buf_add(&path, (struct span){program->path.ptr, program->path.len - program->name.len - 2});
    buf_add(&path, name);
    buf_adds(&path, ".c");
    return buf_take(&path, arena);
}
