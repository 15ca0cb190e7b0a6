#include "heddle/tangle/list.h"

static void print_line(struct buf *out, const char *kind, struct span name, const struct part *part)
{
    buf_addf(out, "%-8s %.*s  %s:%u\n", kind, SPAN_ARG(name), part->chapter->source.path,
             part->block->line);
}

static const char *snippet_name(enum snippet_kind kind)
{
    static const char *const names[] = {"output", "outcomes", "fragment", "compile-fail", "figure"};

    return names[kind];
}

void list_print(const struct web *web, struct buf *out)
{
    for (size_t i = 0; i < web->target_count; i++)
        print_line(out, web->targets[i]->program ? "program" : "file", web->targets[i]->path,
                   web->targets[i]->part);
    for (size_t i = 0; i < web->chunk_count; i++)
        if (!web->chunks[i]->has_target)
            print_line(out, "chunk", web->chunks[i]->name, web->chunks[i]->first);
    for (size_t i = 0; i < web->snippet_count; i++) {
        const struct snippet *snippet = &web->snippets[i];

        print_line(out, snippet_name(snippet->kind),
                   snippet->program != NULL ? snippet->program->name : span_of("-"), snippet->part);
    }
}

static void add_place(struct buf *out, const struct part *part)
{
    buf_adds(out, "{\"file\": ");
    buf_add_json(out, span_of(part->chapter->source.path));
    buf_addf(out, ", \"line\": %u}", part->block->line);
}

static void add_target(struct buf *out, const struct target *target)
{
    buf_adds(out, "{\"path\": ");
    buf_add_json(out, target->path);
    buf_adds(out, ", \"chunk\": ");
    buf_add_json(out, target->chunk->name);
    buf_addf(out, ", \"mode\": \"%04o\", \"program\": ", target->mode);
    if (target->program)
        buf_add_json(out, target->name);
    else
        buf_adds(out, "null");
    buf_adds(out, ", \"at\": ");
    add_place(out, target->part);
    buf_addc(out, '}');
}

static void add_chunk(struct buf *out, const struct chunk *chunk)
{
    buf_adds(out, "{\"name\": ");
    buf_add_json(out, chunk->name);
    buf_adds(out, ", \"parts\": [");
    for (const struct part *part = chunk->first; part != NULL; part = part->next) {
        buf_adds(out, part != chunk->first ? ", " : "");
        add_place(out, part);
    }
    buf_adds(out, "], \"used_in\": [");
    for (size_t i = 0; i < chunk->user_count; i++) {
        buf_adds(out, i > 0 ? ", " : "");
        add_place(out, chunk->users[i]);
    }
    buf_adds(out, "]}");
}

static void add_snippet(struct buf *out, const struct snippet *snippet)
{
    buf_addf(out, "{\"kind\": \"%s\", \"program\": ", snippet_name(snippet->kind));
    if (snippet->program != NULL)
        buf_add_json(out, snippet->program->name);
    else
        buf_adds(out, "null");
    buf_adds(out, ", \"at\": ");
    add_place(out, snippet->part);
    buf_addc(out, '}');
}

void list_print_json(const struct web *web, struct buf *out)
{
    buf_adds(out, "{\"files\": [");
    for (size_t i = 0; i < web->target_count; i++) {
        buf_adds(out, i > 0 ? ",\n  " : "\n  ");
        add_target(out, web->targets[i]);
    }
    buf_adds(out, "],\n\"chunks\": [");
    for (size_t i = 0; i < web->chunk_count; i++) {
        buf_adds(out, i > 0 ? ",\n  " : "\n  ");
        add_chunk(out, web->chunks[i]);
    }
    buf_adds(out, "],\n\"tests\": [");
    for (size_t i = 0; i < web->snippet_count; i++) {
        buf_adds(out, i > 0 ? ",\n  " : "\n  ");
        add_snippet(out, &web->snippets[i]);
    }
    buf_adds(out, "]}\n");
}
