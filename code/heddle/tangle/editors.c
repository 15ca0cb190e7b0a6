#include "heddle/tangle/editors.h"

#include <stdlib.h>
#include <string.h>

#include "heddle/base/array.h"
#include "heddle/tangle/definitions.h"

struct tag {
    struct span name;
    const struct chapter *chapter;
    unsigned line;
    char kind; /* c: a chunk, F: a file, f: a function, t: a type */
};

struct tags {
    struct tag *list;
    size_t count, cap;
    struct arena arena;
};

/* A name with a tab or a line's end in it has no place in such a file. */
static void add_tag(struct tags *tags, struct span name, const struct part *part, unsigned line,
                    char kind)
{
    for (size_t i = 0; i < name.len; i++)
        if ((unsigned char)name.ptr[i] < ' ')
            return;
    *ARRAY_PUSH(tags->list, tags->count, tags->cap) = (struct tag){name, part->chapter, line, kind};
}

static int compare_spans(struct span a, struct span b)
{
    int order = memcmp(a.ptr, b.ptr, a.len < b.len ? a.len : b.len);

    return order != 0 ? order : (a.len > b.len) - (a.len < b.len);
}

static int compare_places(const void *a, const void *b)
{
    const struct tag *x = a, *y = b;

    if (x->chapter != y->chapter)
        return x->chapter < y->chapter ? -1 : 1;
    return (x->line > y->line) - (x->line < y->line);
}

static int compare_names(const void *a, const void *b)
{
    const struct tag *x = a, *y = b;
    int order = compare_spans(x->name, y->name);

    return order != 0 ? order : compare_places(a, b);
}

static bool is_same(const struct tag *a, const struct tag *b)
{
    return span_equal(a->name, b->name) && compare_places(a, b) == 0;
}

/* A chunk that goes into several files defines there what it defines once. */
static void sort(struct tags *tags, int (*compare)(const void *, const void *))
{
    size_t kept = 0;

    if (tags->count > 0)
        qsort(tags->list, tags->count, sizeof *tags->list, compare);
    for (size_t i = 0; i < tags->count; i++)
        if (kept == 0 || !is_same(&tags->list[kept - 1], &tags->list[i]))
            tags->list[kept++] = tags->list[i];
    tags->count = kept;
}

static struct tags collect(const struct web *web, int (*compare)(const void *, const void *))
{
    struct tags tags = {0};
    struct definitions definitions = {0};

    for (size_t i = 0; i < web->chunk_count; i++) {
        const struct part *first = web->chunks[i]->first;

        if (first != NULL)
            add_tag(&tags, web->chunks[i]->name, first, first->block->line,
                    web->chunks[i]->has_target ? 'F' : 'c');
    }
    for (size_t i = 0; i < web->target_count; i++)
        if (web->targets[i]->c)
            definitions_find(web->targets[i], &tags.arena, &definitions);
    for (size_t i = 0; i < definitions.count; i++)
        add_tag(&tags, definitions.list[i].name, definitions.list[i].part, definitions.list[i].line,
                definitions.list[i].is_type ? 't' : 'f');
    free(definitions.list);
    sort(&tags, compare);
    return tags;
}

static void free_tags(struct tags *tags)
{
    free(tags->list);
    arena_free(&tags->arena);
}

void editors_tags(const struct web *web, struct buf *out)
{
    struct tags tags = collect(web, compare_names);

    buf_adds(out, "!_TAG_FILE_FORMAT\t2\t//\n!_TAG_FILE_SORTED\t1\t//\n");
    for (size_t i = 0; i < tags.count; i++)
        buf_addf(out, "%.*s\t%s\t%u;\"\t%c\n", SPAN_ARG(tags.list[i].name),
                 tags.list[i].chapter->source.path, tags.list[i].line, tags.list[i].kind);
    free_tags(&tags);
}

/* "what stands in the line DEL name SOH line,offset" */
static void add_emacs_tag(const struct tag *tag, struct buf *out)
{
    const struct source *source = &tag->chapter->source;
    struct span line = source_line(source, tag->line);

    buf_addf(out, "%.*s\x7f%.*s\x01%u,%zu\n", SPAN_ARG(line), SPAN_ARG(tag->name), tag->line,
             (size_t)(line.ptr - source->text.ptr));
}

void editors_emacs_tags(const struct web *web, struct buf *out)
{
    struct tags tags = collect(web, compare_places);
    struct buf section = {0};

    for (size_t i = 0; i < tags.count; i++) {
        add_emacs_tag(&tags.list[i], &section);
        if (i + 1 < tags.count && tags.list[i + 1].chapter == tags.list[i].chapter)
            continue;
        buf_addf(out, "\f\n%s,%zu\n", tags.list[i].chapter->source.path, section.len);
        buf_add(out, buf_span(&section));
        section.len = 0;
    }
    buf_free(&section);
    free_tags(&tags);
}

/* compile_commands.json ------------------------------------------------------- */

static void add_word(struct span word, struct buf *out)
{
    buf_adds(out, ", ");
    buf_add_json(out, word);
}

static void add_entry(const struct target *target, const char *below, const char *folder,
                      const char *const *words, size_t count, struct buf *out)
{
    struct buf file = {0}, include = {0};
    struct span rest = target->cflags;

    buf_addf(&file, "%s/%.*s", below, SPAN_ARG(target->path));
    buf_addf(&include, "-I%s", below);
    buf_adds(out, out->len > 1 ? ",\n{\"directory\": " : "\n{\"directory\": ");
    buf_add_json(out, span_of(folder));
    buf_adds(out, ", \"file\": ");
    buf_add_json(out, buf_span(&file));
    buf_adds(out, ", \"arguments\": [");
    buf_add_json(out, span_of(words[0]));
    for (size_t i = 1; i < count; i++)
        add_word(span_of(words[i]), out);
    add_word(buf_span(&include), out);
    while ((rest = span_trim(rest)).len > 0) {
        const char *blank = memchr(rest.ptr, ' ', rest.len);
        size_t len = blank != NULL ? (size_t)(blank - rest.ptr) : rest.len;

        add_word((struct span){rest.ptr, len}, out);
        rest = span_skip(rest, len);
    }
    add_word(span_of("-c"), out);
    add_word(buf_span(&file), out);
    buf_adds(out, "]}");
    buf_free(&file);
    buf_free(&include);
}

void editors_commands(const struct web *web, const char *folder, const char *const *words,
                      size_t count, struct buf *out)
{
    struct buf entries = {0};

    buf_addc(&entries, '[');
    for (size_t i = 0; i < web->target_count; i++) {
        const struct target *target = web->targets[i];

        if (!target->in_make || !span_ends(target->path, ".c"))
            continue;
        add_entry(target, "code", folder, words, count, &entries);
        add_entry(target, "build/annotated", folder, words, count, &entries);
    }
    buf_adds(&entries, "\n]\n");
    buf_add(out, buf_span(&entries));
    buf_free(&entries);
}
