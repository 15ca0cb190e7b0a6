#include "heddle/web/builder.h"

#include <string.h>

#include "heddle/base/array.h"
#include "heddle/base/path.h"
#include "heddle/disk/fileset.h"
#include "heddle/web/banner.h"
#include "heddle/web/paths.h"

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
        diag_error_at(builder->diags, &target->part->chapter->source, target_path_span(target),
                      "this program is no C or C++ (.c, .cpp, .cc, .cxx): say what runs it with "
                      "run=python3, or a first line #!");
}

void target_add_program(struct builder *builder, struct target *target)
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
    diag_error_at(builder->diags, source, target_path_span(target),
                  "there is a program \"%.*s\" already, and both would be build/bin/%.*s; "
                  "give this file another name",
                  SPAN_ARG(target->name), SPAN_ARG(target->name));
    diag_add(builder->diags, DIAG_NOTE, part_place((*slot)->part), 1, "it is defined here");
}

struct target *target_make(struct builder *builder, struct part *part, struct span path)
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
        .in_make = paths_plain_length(path) == path.len,
        .banner = banner_make(&web->arena, builder->banner, span_of(part->chapter->source.path),
                              path, part->block->attrs.language),
    };
    *table_put(&web->paths, path) = target;
    *ARRAY_PUSH(web->targets, web->target_count, builder->target_cap) = target;
    if (attr_has_class(&part->block->attrs, "program"))
        target_add_program(builder, target);
    return target;
}

static void report_again(struct builder *builder, const struct part *part, const struct attr *attr,
                         const struct target *target)
{
    diag_error_at(builder->diags, &part->chapter->source, attr->whole,
                  "the file \"%.*s\" has another %.*s already", SPAN_ARG(target->path),
                  SPAN_ARG(attr->key));
    diag_add(builder->diags, DIAG_NOTE, part_place(target->part), 1, "it begins here");
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
        target_add_program(builder, target);
}

void target_take_file(struct builder *builder, struct part *part, const struct attr *file,
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
        target_make(builder, part, path);
    } else if (target->chunk == part->chunk) {
        add_to_target(builder, target, part);
    } else {
        diag_error_at(builder->diags, source, file->whole,
                      "the file \"%.*s\" is chunk \"%.*s\" already, and cannot be \"%.*s\" too",
                      SPAN_ARG(path), SPAN_ARG(target->chunk->name), SPAN_ARG(part->chunk->name));
        diag_add(builder->diags, DIAG_NOTE, part_place(target->part), 1,
                 "it is defined here; continue that chunk, or name another file");
    }
}
