#include "heddle/web/web.h"

#include <stdlib.h>
#include <string.h>

static bool is_name_byte(char c)
{
    unsigned char u = (unsigned char)c;

    return (u >= 'a' && u <= 'z') || (u >= 'A' && u <= 'Z') || (u >= '-' && u <= ':') || u == '_' ||
           u >= 0x80; /* - . / 0 to 9 : are neighbours in ASCII */
}

bool use_read(struct span line, struct use *use)
{
    const char *p = line.ptr, *end = line.ptr + line.len, *name;

    while (p < end && (*p == ' ' || *p == '\t'))
        p++;
    if (end - p < 5 || (*p != '<' && *p != '\\')) /* nearly every line of a book */
        return false;
    use->indent = span_between(line.ptr, p);
    use->escaped = *p == '\\';
    p += use->escaped;
    if (p[0] != '<' || p[1] != '<')
        return false;
    name = p += 2;
    while (p < end && is_name_byte(*p))
        p++;
    use->name = span_between(name, p);
    return p > name && end - p >= 2 && p[0] == '>' && p[1] == '>' &&
           span_trim(span_between(p + 2, end)).len == 0;
}

struct span use_span(const struct use *use)
{
    return (struct span){use->name.ptr - 2, use->name.len + 4};
}

struct span part_name_span(const struct part *part)
{
    const struct attr *file = attr_get(&part->block->attrs, "file");

    if (part->block->attrs.id.len > 0)
        return part->block->attrs.id;
    return file != NULL ? file->value : part->block->info;
}

struct place part_place(const struct part *part)
{
    return source_place(&part->chapter->source, part_name_span(part).ptr);
}

struct part *web_part(const struct web *web, const struct chapter *chapter,
                      const struct block *block)
{
    return web->parts[chapter - web->chapters][block - chapter->blocks];
}

void web_free(struct web *web)
{
    table_free(&web->names);
    table_free(&web->paths);
    table_free(&web->programs);
    free(web->chunks);
    free(web->targets);
    free(web->snippets);
    arena_free(&web->arena);
    *web = (struct web){0};
}

struct span target_path_span(const struct target *target)
{
    const struct attr *file = attr_get(&target->part->block->attrs, "file");

    return file != NULL ? file->whole : part_name_span(target->part);
}

struct place target_place(const struct target *target)
{
    const struct attr *file = attr_get(&target->part->block->attrs, "file");

    return source_place(&target->part->chapter->source,
                        file != NULL ? file->value.ptr : part_name_span(target->part).ptr);
}

bool target_is_plus_plus(const struct target *target)
{
    return span_ends(target->path, ".cpp") || span_ends(target->path, ".cc") ||
           span_ends(target->path, ".cxx");
}
