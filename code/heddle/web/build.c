#include "heddle/web/build.h"

#include <stdlib.h>
#include <string.h>

#include "heddle/base/array.h"
#include "heddle/base/path.h"
#include "heddle/web/answer.h"
#include "heddle/web/builder.h"
#include "heddle/web/copies.h"
#include "heddle/web/defaults.h"
#include "heddle/web/graph.h"
#include "heddle/web/paths.h"
#include "heddle/web/quote.h"
#include "heddle/web/title.h"

static void add_use(struct builder *builder, size_t *count, struct use use)
{
    *ARRAY_PUSH(builder->uses, *count, builder->use_cap) = use;
}

static void find_uses(struct builder *builder, struct part *part)
{
    const struct block *block = part->block;
    size_t count = 0;

    for (unsigned i = 0; i < block->line_count; i++) {
        struct use use = {.index = i};

        if (block->lines[i].len >= 5 && use_read(code_line_span(&block->lines[i]), &use))
            add_use(builder, &count, use);
    }
    part->use_count = count;
    part->uses = arena_array(&builder->web->arena, count, sizeof *part->uses);
    if (count > 0)
        memcpy(part->uses, builder->uses, count * sizeof *part->uses);
}

/* Definitions -------------------------------------------------------------- */

static struct part *new_part(struct builder *builder, const struct chapter *chapter,
                             const struct block *block)
{
    struct part *part = arena_alloc(&builder->web->arena, sizeof *part);

    part->chapter = chapter;
    part->block = block;
    find_uses(builder, part);
    builder->web->parts[chapter - builder->web->chapters][block - chapter->blocks] = part;
    return part;
}

static struct chunk *chunk_named(struct builder *builder, struct span name)
{
    struct web *web = builder->web;
    void **slot = table_put(&web->names, name);

    if (*slot == NULL) {
        struct chunk *chunk = arena_alloc(&web->arena, sizeof *chunk);

        chunk->name = name;
        *slot = chunk;
        *ARRAY_PUSH(web->chunks, web->chunk_count, builder->chunk_cap) = chunk;
    }
    return *slot;
}

static void append_part(struct chunk *chunk, struct part *part)
{
    part->chunk = chunk;
    if (chunk->first == NULL)
        chunk->first = part;
    else
        chunk->last->next = part;
    chunk->last = part;
}

/* What only a file can have. */
static void check_fileless(struct builder *builder, const struct chapter *chapter,
                           const struct block *block)
{
    static const char *const keys[] = {"mode", "link", "cflags"};

    for (size_t i = 0; i < block->attrs.count; i++) {
        const struct attr *attr = &block->attrs.list[i];
        bool ours = attr->kind == ATTR_CLASS && span_is(attr->value, "program");

        for (size_t k = 0; k < sizeof keys / sizeof *keys && block->attrs.id.len > 0; k++)
            ours = ours || (attr->kind == ATTR_KEY && span_is(attr->key, keys[k]));
        if (ours)
            diag_error_at(builder->diags, &chapter->source, attr->whole,
                          "%.*s needs a file in the same block, such as file=items/name.c",
                          SPAN_ARG(attr->whole));
    }
}

/* A block without id continues its file, whatever the file's chunk is called. */
static void take_chunk(struct builder *builder, const struct chapter *chapter,
                       const struct block *block)
{
    const struct attr *file = attr_get(&block->attrs, "file");
    struct span name = block->attrs.id, path = {0};
    struct part *part;

    if (file == NULL)
        check_fileless(builder, chapter, block);
    else
        path = path_plain(attr_text(file, &builder->web->arena), &builder->web->arena);
    if (name.len == 0 && file == NULL)
        return;
    if (name.len == 0) {
        const struct target *target = table_get(&builder->web->paths, path);

        name = target != NULL ? target->chunk->name : path;
    }
    part = new_part(builder, chapter, block);
    append_part(chunk_named(builder, name), part);
    if (file != NULL)
        target_take_file(builder, part, file, path);
}

/* Answers ------------------------------------------------------------------ */

/* The exercise may be defined behind it, so what it makes is made at the end. */
static void take_answer(struct builder *builder, const struct chapter *chapter,
                        const struct block *block)
{
    struct part *part;

    if (block->attrs.id.len == 0) {
        diag_error_at(builder->diags, &chapter->source, block->info,
                      "an .answer needs a #name, which is its program's name, too");
        return;
    }
    part = new_part(builder, chapter, block);
    append_part(chunk_named(builder, block->attrs.id), part);
    if (part->chunk->first == part)
        *ARRAY_PUSH(builder->answers, builder->answer_count, builder->answer_cap) = part;
}

/* A file that is meant, though it is no program, or not called so. */
static const struct target *meant_file(const struct web *web, struct span name)
{
    struct target *target = table_get(&web->paths, name);

    for (size_t i = 0; i < web->target_count && target == NULL; i++)
        if (span_equal(web->targets[i]->name, name) && span_ends(web->targets[i]->path, ".c"))
            target = web->targets[i];
    return target;
}

/* The way out of "no program is named so". */
static void suggest_program(const struct web *web, struct span name, struct diags *diags)
{
    const struct target *target = meant_file(web, name);
    struct span near;

    if (target != NULL && !target->program) {
        diag_add(diags, DIAG_NOTE, part_place(target->part), 1,
                 "%.*s is no program; add .program to its block", SPAN_ARG(target->path));
        return;
    }
    if (target == NULL && !table_nearest(&web->programs, name, &near))
        return;
    if (target == NULL)
        target = table_get(&web->programs, near);
    diag_add(diags, DIAG_NOTE, part_place(target->part), 1, "did you mean \"%.*s\"?",
             SPAN_ARG(target->name));
}

/* The program that of= names; or it is reported. */
static const struct target *find_program(struct builder *builder, const struct part *part)
{
    struct web *web = builder->web;
    const struct attr *of = attr_get(&part->block->attrs, "of");
    const struct target *target = table_get(&web->programs, of->value);

    if (target != NULL)
        return target;
    diag_error_at(builder->diags, &part->chapter->source, of->value, "no program is named \"%.*s\"",
                  SPAN_ARG(of->value));
    suggest_program(web, of->value, builder->diags);
    return NULL;
}

static void add_answer(struct builder *builder, struct part *part, const struct target *exercise)
{
    struct web *web = builder->web;
    struct span path = answer_path(&web->arena, exercise, part->chunk->name);
    struct target *target;

    if (table_get(&web->paths, path) != NULL) {
        diag_error_at(builder->diags, &part->chapter->source, part_name_span(part),
                      "there is a file \"%.*s\" already", SPAN_ARG(path));
        return;
    }
    target = target_make(builder, part, path);
    target->chunk = answer_chunk(web, exercise, part->chunk);
    target->chunk->name = path;
    *ARRAY_PUSH(web->chunks, web->chunk_count, builder->chunk_cap) = target->chunk;
    if (target->link.len == 0)
        target->link = exercise->link;
    if (target->cflags.len == 0)
        target->cflags = exercise->cflags;
    target_add_program(builder, target);
}

static void make_answers(struct builder *builder)
{
    for (size_t i = 0; i < builder->answer_count; i++) {
        struct part *part = builder->answers[i];
        const struct target *exercise = find_program(builder, part);

        if (exercise != NULL && exercise_hole(builder->web, exercise) != NULL)
            add_answer(builder, part, exercise);
        else if (exercise != NULL)
            diag_error_at(builder->diags, &part->chapter->source,
                          attr_get(&part->block->attrs, "of")->whole,
                          "\"%.*s\" is no exercise: its own block uses one chunk that is "
                          "marked .hole, and only one",
                          SPAN_ARG(exercise->name));
    }
    free(builder->answers);
}

/* Doc tests ---------------------------------------------------------------- */

static void add_snippet(struct builder *builder, struct snippet snippet)
{
    struct web *web = builder->web;

    *ARRAY_PUSH(web->snippets, web->snippet_count, builder->snippet_cap) = snippet;
}

static bool has_keys(const struct attrs *attrs)
{
    for (size_t i = 0; i < attrs->count; i++)
        if (attrs->list[i].kind == ATTR_KEY)
            return true;
    return false;
}

/* An output block without of= belongs to the .compile-fail block before it. With classes
 * alone it is what other tools mean by {.output}, and only `heddle check` asks for more. */
static void take_output(struct builder *builder, const struct chapter *chapter,
                        const struct block *block)
{
    const struct attr *of = attr_get(&block->attrs, "of");
    struct web *web = builder->web;
    struct snippet *last = web->snippet_count > 0 ? &web->snippets[web->snippet_count - 1] : NULL;

    if (of != NULL) {
        struct part *part = new_part(builder, chapter, block);

        part->use_count = 0; /* <<...>> in an output is what was printed */
        add_snippet(builder, (struct snippet){.kind = SNIPPET_OUTPUT, .part = part});
    } else if (last != NULL && last->kind == SNIPPET_COMPILE_FAIL && last->expected == NULL &&
               last->part->chapter == chapter) {
        last->expected = block;
    } else if (has_keys(&block->attrs)) {
        diag_error_at(builder->diags, &chapter->source, block->info,
                      "this output is of no program; say {of=NAME}");
    }
}

static void take_outcomes(struct builder *builder, const struct chapter *chapter,
                          const struct block *block)
{
    struct part *part;

    if (attr_get(&block->attrs, "of") == NULL) {
        if (block->attrs.braces)
            diag_error_at(builder->diags, &chapter->source, block->info,
                          "these outcomes are of no program; say {of=NAME}");
        return;
    }
    part = new_part(builder, chapter, block);
    part->use_count = 0;
    add_snippet(builder, (struct snippet){.kind = SNIPPET_OUTCOMES, .part = part});
}

/* What a figure holds was printed or seen: nothing in it is a use. */
static void take_figure(struct builder *builder, const struct chapter *chapter,
                        const struct block *block)
{
    struct part *part = new_part(builder, chapter, block);

    part->use_count = 0;
    add_snippet(builder, (struct snippet){.kind = SNIPPET_FIGURE, .part = part});
}

/* of= has no meaning in other blocks; their language may be a slip. */
static void refuse_of(struct builder *builder, const struct chapter *chapter,
                      const struct block *block, const struct attr *of)
{
    struct span language = block->attrs.language;
    const char *meant = span_distance(language, span_of("outcomes"), 2) <= 2 ? "outcomes"
                        : span_distance(language, span_of("output"), 2) <= 2 ? "output"
                        : span_distance(language, span_of("figure"), 2) <= 2 ? "figure"
                                                                             : NULL;

    diag_error_at(
        builder->diags, &chapter->source, of->whole,
        "of= stands in ```output, ```console, ```outcomes and ```figure blocks only; this block is "
        "\"%.*s\"%s%s%s",
        SPAN_ARG(language), meant != NULL ? "; did you mean " : "", meant != NULL ? meant : "",
        meant != NULL ? "?" : "");
}

static void take_block(struct builder *builder, const struct chapter *chapter,
                       const struct block *block)
{
    const struct attrs *attrs = &block->attrs;
    bool fails = attr_has_class(attrs, "compile-fail");
    const struct attr *of = attr_get(attrs, "of");

    if (span_is(attrs->language, "output") || (of != NULL && span_is(attrs->language, "console"))) {
        take_output(builder, chapter, block);
    } else if (span_is(attrs->language, "outcomes")) {
        take_outcomes(builder, chapter, block);
    } else if (span_is(attrs->language, "figure") && of != NULL) {
        take_figure(builder, chapter, block);
    } else if (attr_has_class(attrs, "answer") && of != NULL) {
        take_answer(builder, chapter, block);
    } else if (of != NULL) {
        refuse_of(builder, chapter, block, of);
    } else if (fails || attr_has_class(attrs, "fragment")) {
        add_snippet(builder,
                    (struct snippet){.kind = fails ? SNIPPET_COMPILE_FAIL : SNIPPET_FRAGMENT,
                                     .part = new_part(builder, chapter, block)});
    } else if (!attr_has_class(attrs, "no-tangle")) {
        take_chunk(builder, chapter, block);
    }
}

/* Programs may be defined behind the blocks that show what they print. */
static void find_programs(struct builder *builder)
{
    struct web *web = builder->web;

    for (size_t i = 0; i < web->snippet_count; i++) {
        struct snippet *snippet = &web->snippets[i];

        if (snippet->kind == SNIPPET_OUTPUT || snippet->kind == SNIPPET_OUTCOMES ||
            snippet->kind == SNIPPET_FIGURE)
            snippet->program = find_program(builder, snippet->part);
    }
}

static void make_part_index(struct web *web)
{
    web->parts = arena_array(&web->arena, web->chapter_count, sizeof *web->parts);
    for (size_t i = 0; i < web->chapter_count; i++)
        web->parts[i] = arena_array(&web->arena, web->chapters[i].block_count, sizeof **web->parts);
}

bool web_build(struct web *web, struct diags *diags)
{
    struct builder builder = {.web = web, .diags = diags};

    make_part_index(web);
    defaults_mark(web, diags);
    builder.banner = web_front_value(web, "banner");
    for (size_t i = 0; i < web->chapter_count; i++) {
        const struct chapter *chapter = &web->chapters[i];

        for (size_t j = 0; j < chapter->block_count; j++)
            if (chapter->blocks[j].kind == BLOCK_CODE && chapter->blocks[j].fenced)
                take_block(&builder, chapter, &chapter->blocks[j]);
    }
    free(builder.uses);
    defaults_complete(web);
    make_answers(&builder);
    paths_check(web, diags);
    find_programs(&builder);
    copies_warn(web, diags);
    web_check_quotes(web, diags);
    graph_resolve(web, diags);
    graph_check_macros(web, diags);
    graph_measure(web, diags);
    graph_warn(web, diags);
    return diags->errors == 0;
}
