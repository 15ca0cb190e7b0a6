#include "heddle/web/build.h"

#include <stdlib.h>
#include <string.h>

#include "heddle/base/array.h"
#include "heddle/base/path.h"
#include "heddle/base/unicode.h"
#include "heddle/disk/fileset.h"
#include "heddle/web/answer.h"
#include "heddle/web/banner.h"
#include "heddle/web/copies.h"
#include "heddle/web/defaults.h"
#include "heddle/web/graph.h"
#include "heddle/web/quote.h"
#include "heddle/web/title.h"

/* Growing arrays of one build; moved to the web when it is done. */
struct builder {
    struct web *web;
    struct diags *diags;
    size_t chunk_cap, target_cap, snippet_cap;
    struct use *uses;
    size_t use_cap;
    struct part **answers; /* the first blocks of each */
    size_t answer_count, answer_cap;
    struct span banner; /* of the book */
};

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

/* Files -------------------------------------------------------------------- */

static bool is_c_file(struct span path, struct span language)
{
    const char *dot = path.ptr + path.len;

    while (dot > path.ptr && dot[-1] != '.' && dot[-1] != '/')
        dot--;
    if (dot > path.ptr && dot[-1] == '.')
        return attr_is_c_language(span_between(dot, path.ptr + path.len));
    return attr_is_c_language(language);
}

static unsigned read_mode(const struct builder *builder, const struct part *part)
{
    const struct attr *attr = attr_get(&part->block->attrs, "mode");
    unsigned mode = 0;

    if (attr == NULL)
        return 0644;
    for (size_t i = 0; i < attr->value.len; i++) {
        unsigned digit = (unsigned char)attr->value.ptr[i] - (unsigned)'0';

        if (digit > 7 || mode > 0777)
            mode = 07777;
        else
            mode = mode * 8 + digit;
    }
    if (attr->value.len == 0 || mode > 0777)
        diag_error_at(builder->diags, &part->chapter->source, attr->whole,
                      "a file mode is octal, from 0000 to 0777, such as mode=0755");
    return mode & 0777;
}

static struct span text_or_empty(const struct builder *builder, const struct part *part,
                                 const char *key)
{
    const struct attr *attr = attr_get(&part->block->attrs, key);

    return attr != NULL ? attr_text(attr, &builder->web->arena) : (struct span){"", 0};
}

/* Where a target's path is said: its file=, or the name of an answer. */
static struct span path_span(const struct target *target)
{
    const struct attr *file = attr_get(&target->part->block->attrs, "file");

    return file != NULL ? file->whole : part_name_span(target->part);
}

/* "/usr/bin/env python3" of a first line "#!/usr/bin/env python3". */
static struct span shebang(const struct block *block)
{
    struct span line = block->line_count > 0 ? code_line_span(&block->lines[0]) : span_of("");

    return span_starts(line, "#!") ? span_trim(span_skip(line, 2)) : span_of("");
}

/* Who runs it: nobody but the system, when a compiler makes it. */
static void read_interpreter(struct builder *builder, struct target *target)
{
    const struct attr *run = attr_get(&target->part->block->attrs, "run");
    bool compiled = span_ends(target->path, ".c") || target_is_plus_plus(target);

    if (run != NULL && compiled)
        diag_error_at(builder->diags, &target->part->chapter->source, run->whole,
                      "a compiler makes this program, so nothing else runs it");
    else if (run != NULL)
        target->interpreter = attr_text(run, &builder->web->arena);
    else if (!compiled)
        target->interpreter = shebang(target->part->block);
    if (!compiled && target->interpreter.len == 0)
        diag_error_at(builder->diags, &target->part->chapter->source, path_span(target),
                      "this program is no C or C++ (.c, .cpp, .cc, .cxx): say what runs it with "
                      "run=python3, or a first line #!");
}

static void add_program(struct builder *builder, struct target *target)
{
    const struct source *source = &target->part->chapter->source;
    struct target **slot;

    target->program = true;
    read_interpreter(builder, target);
    slot = (struct target **)table_put(&builder->web->programs, target->name);
    if (*slot == NULL) {
        *slot = target;
        return;
    }
    diag_error_at(builder->diags, source, path_span(target),
                  "there is a program \"%.*s\" already, and both would be build/bin/%.*s; "
                  "give this file another name",
                  SPAN_ARG(target->name), SPAN_ARG(target->name));
    diag_add(builder->diags, DIAG_NOTE,
             source_place(&(*slot)->part->chapter->source, part_name_span((*slot)->part).ptr), 1,
             "it is defined here");
}

/* Make and its shell read the rest of ASCII as something else, or as an end. */
static bool is_plain_in_make(char c)
{
    return (unsigned char)c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
           (c >= 'a' && c <= 'z') || strchr("._-+,@/", c) != NULL;
}

static size_t plain_length(struct span path)
{
    size_t len = 0;

    while (len < path.len && is_plain_in_make(path.ptr[len]))
        len++;
    return len;
}

/* Such a file is written, but Make is not told of it. */
static void warn_of_name(struct builder *builder, const struct target *target)
{
    struct span where = path_span(target);

    if (target->in_make || target->interpreter.len > 0 ||
        !(span_ends(target->path, ".c") || target->program))
        return;
    diag_add(builder->diags, target->program ? DIAG_ERROR : DIAG_WARNING,
             source_place(&target->part->chapter->source, where.ptr), (unsigned)where.len,
             "Make would misread the \"%c\" in this name, so the file is not compiled; "
             "use letters, digits and . _ - + , @ /",
             target->path.ptr[plain_length(target->path)]);
}

static struct target *new_target(struct builder *builder, struct part *part, struct span path)
{
    struct web *web = builder->web;
    struct target *target = arena_alloc(&web->arena, sizeof *target);

    *target = (struct target){
        .path = path,
        .chunk = part->chunk,
        .part = part,
        .mode = read_mode(builder, part),
        .mode_given = attr_get(&part->block->attrs, "mode") != NULL,
        .name = path_stem(path),
        .link = text_or_empty(builder, part, "link"),
        .cflags = text_or_empty(builder, part, "cflags"),
        .c = is_c_file(path, part->block->attrs.language),
        .in_make = plain_length(path) == path.len,
        .banner = banner_make(&web->arena, builder->banner, span_of(part->chapter->source.path),
                              path, part->block->attrs.language),
    };
    *table_put(&web->paths, path) = target;
    *ARRAY_PUSH(web->targets, web->target_count, builder->target_cap) = target;
    if (attr_has_class(&part->block->attrs, "program"))
        add_program(builder, target);
    return target;
}

static void report_again(struct builder *builder, const struct part *part, const struct attr *attr,
                         const struct target *target)
{
    diag_error_at(builder->diags, &part->chapter->source, attr->whole,
                  "the file \"%.*s\" has another %.*s already", SPAN_ARG(target->path),
                  SPAN_ARG(attr->key));
    diag_add(builder->diags, DIAG_NOTE,
             source_place(&target->part->chapter->source, part_name_span(target->part).ptr), 1,
             "it begins here");
}

static void add_text(struct builder *builder, const struct part *part, const char *key,
                     struct span *text, const struct target *target)
{
    struct span more = text_or_empty(builder, part, key);

    if (more.len == 0)
        return;
    if (text->len > 0 && !span_equal(*text, more))
        report_again(builder, part, attr_get(&part->block->attrs, key), target);
    *text = more;
}

/* A block that continues a file may say what the first one left out. */
static void add_to_target(struct builder *builder, struct target *target, struct part *part)
{
    const struct attr *mode = attr_get(&part->block->attrs, "mode");

    if (mode != NULL) {
        unsigned wanted = read_mode(builder, part);

        if (target->mode_given && wanted != target->mode)
            report_again(builder, part, mode, target);
        target->mode = wanted;
        target->mode_given = true;
    }
    add_text(builder, part, "link", &target->link, target);
    add_text(builder, part, "cflags", &target->cflags, target);
    if (attr_has_class(&part->block->attrs, "program") && !target->program)
        add_program(builder, target);
}

static void take_file(struct builder *builder, struct part *part, const struct attr *file,
                      struct span path)
{
    const struct source *source = &part->chapter->source;
    const char *fault = fileset_path_fault(path);
    struct target *target;

    part->chunk->has_target = true; /* wanted, if only in the wrong place */
    if (fault != NULL) {
        diag_error_at(builder->diags, source, file->whole, "the file \"%.*s\" %s%s",
                      SPAN_ARG(file->value), fault,
                      path.len > 0 && (path.ptr[0] == '/' || strstr(fault, "leads out") != NULL)
                          ? "; it must stay below the output folder"
                          : "");
        return;
    }
    target = table_get(&builder->web->paths, path);
    if (target == NULL) {
        new_target(builder, part, path);
    } else if (target->chunk == part->chunk) {
        add_to_target(builder, target, part);
    } else {
        diag_error_at(builder->diags, source, file->whole,
                      "the file \"%.*s\" is chunk \"%.*s\" already, and cannot be \"%.*s\" too",
                      SPAN_ARG(path), SPAN_ARG(target->chunk->name), SPAN_ARG(part->chunk->name));
        diag_add(builder->diags, DIAG_NOTE,
                 source_place(&target->part->chapter->source, part_name_span(target->part).ptr), 1,
                 "it is defined here; continue that chunk, or name another file");
    }
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
        take_file(builder, part, file, path);
}

static void check_names(struct builder *builder)
{
    for (size_t i = 0; i < builder->web->target_count; i++)
        warn_of_name(builder, builder->web->targets[i]);
}

/* Of two paths as deep as each other at least: what of it is as deep as `piece`. */
static struct span as_deep(struct span path, struct span piece)
{
    size_t slashes = 0, len = 0;

    for (size_t i = 0; i < piece.len; i++)
        slashes += piece.ptr[i] == '/';
    while (len < path.len && (path.ptr[len] != '/' || slashes-- > 0))
        len++;
    return (struct span){path.ptr, len};
}

static void report_alike(struct builder *builder, const struct target *target, struct span piece,
                         struct span other)
{
    struct arena *arena = &builder->web->arena;
    struct span where = path_span(target);
    bool composed = span_equal(unicode_in_form(piece, UNICODE_COMPOSED, arena),
                               unicode_in_form(other, UNICODE_COMPOSED, arena));

    diag_add(builder->diags, DIAG_WARNING, source_place(&target->part->chapter->source, where.ptr),
             (unsigned)where.len,
             composed ? "\"%.*s\" and \"%.*s\" look the same, and only Unicode's normal form is "
                        "another: macOS takes them for one"
                      : "\"%.*s\" and \"%.*s\" differ only in case: macOS and Windows take them "
                        "for one",
             SPAN_ARG(piece), SPAN_ARG(other));
}

/* Some file systems keep one of "x.c" and "X.c", "Lib/" and "lib/", or of an accent
 * that is a letter's and one of its own. */
static void warn_of_alike(struct builder *builder, struct table *seen, struct target *target)
{
    struct span path = target->path;

    for (size_t len = 1; len <= path.len; len++) {
        struct span piece = {path.ptr, len}, other;
        struct target **slot;

        if (len < path.len && path.ptr[len] != '/')
            continue;
        slot = (struct target **)table_put(seen, unicode_in_form(piece, UNICODE_FOLDED,
                                                                 &builder->web->arena));
        if (*slot == NULL)
            *slot = target;
        other = as_deep((*slot)->path, piece);
        if (!span_equal(other, piece)) {
            report_alike(builder, target, piece, other);
            return;
        }
    }
}

static void check_alike(struct builder *builder)
{
    struct table seen = {0};

    for (size_t i = 0; i < builder->web->target_count; i++)
        warn_of_alike(builder, &seen, builder->web->targets[i]);
    table_free(&seen);
}

/* "a" and "a/b.c": no folder has room for both. */
static void check_folders(struct builder *builder)
{
    struct web *web = builder->web;

    for (size_t i = 0; i < web->target_count; i++) {
        const struct target *target = web->targets[i], *other = NULL;

        for (size_t len = 1; len < target->path.len && other == NULL; len++)
            if (target->path.ptr[len] == '/')
                other = table_get(&web->paths, (struct span){target->path.ptr, len});
        if (other == NULL)
            continue;
        diag_error_at(builder->diags, &target->part->chapter->source, path_span(target),
                      "\"%.*s\" is a file, and cannot be a folder too", SPAN_ARG(other->path));
        diag_add(builder->diags, DIAG_NOTE,
                 source_place(&other->part->chapter->source, part_name_span(other->part).ptr),
                 (unsigned)other->path.len, "the file is made here");
    }
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
        diag_add(diags, DIAG_NOTE,
                 source_place(&target->part->chapter->source, part_name_span(target->part).ptr), 1,
                 "%.*s is no program; add .program to its block", SPAN_ARG(target->path));
        return;
    }
    if (target == NULL && !table_nearest(&web->programs, name, &near))
        return;
    if (target == NULL)
        target = table_get(&web->programs, near);
    diag_add(diags, DIAG_NOTE,
             source_place(&target->part->chapter->source, part_name_span(target->part).ptr), 1,
             "did you mean \"%.*s\"?", SPAN_ARG(target->name));
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
    target = new_target(builder, part, path);
    target->chunk = answer_chunk(web, exercise, part->chunk);
    target->chunk->name = path;
    *ARRAY_PUSH(web->chunks, web->chunk_count, builder->chunk_cap) = target->chunk;
    if (target->link.len == 0)
        target->link = exercise->link;
    if (target->cflags.len == 0)
        target->cflags = exercise->cflags;
    add_program(builder, target);
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

/* An output block without of= belongs to the .compile-fail block before it. */
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
    } else if (block->attrs.braces) {
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
    check_names(&builder);
    check_alike(&builder);
    check_folders(&builder);
    find_programs(&builder);
    copies_warn(web, diags);
    web_check_quotes(web, diags);
    graph_resolve(web, diags);
    graph_check_macros(web, diags);
    graph_measure(web, diags);
    graph_warn(web, diags);
    return diags->errors == 0;
}
