#include "heddle/pages/index.h"

#include <stdlib.h>
#include <string.h>

#include "heddle/base/array.h"
#include "heddle/base/escape.h"
#include "heddle/tangle/definitions.h"

/* One line of the index: a name, and the part that defines it. */
struct entry {
    struct span name;
    const struct part *part;
};

struct entries {
    struct entry *list;
    size_t count, cap;
};

static void add_entry(struct entries *entries, struct span name, const struct part *part)
{
    *ARRAY_PUSH(entries->list, entries->count, entries->cap) = (struct entry){name, part};
}

/* By name; the same name in the order of the book. */
static int compare_entries(const void *a, const void *b)
{
    const struct entry *x = a, *y = b;
    size_t len = x->name.len < y->name.len ? x->name.len : y->name.len;
    int order = memcmp(x->name.ptr, y->name.ptr, len);

    if (order != 0 || x->name.len != y->name.len)
        return order != 0 ? order : x->name.len < y->name.len ? -1 : 1;
    if (x->part->chapter != y->part->chapter)
        return x->part->chapter < y->part->chapter ? -1 : 1;
    return (x->part->block > y->part->block) - (x->part->block < y->part->block);
}

/* Whether the listing stands where this index does. */
static bool is_here(const struct part *part, const struct table *ids)
{
    struct buf id = {0};
    bool here;

    ids_add_chunk(&id, part->chunk->name, ids_part_number(part));
    here = table_get(ids, buf_span(&id)) != NULL;
    buf_free(&id);
    return here;
}

static void keep_those_here(struct entries *entries, const struct table *ids)
{
    size_t kept = 0;

    for (size_t i = 0; i < entries->count; i++)
        if (is_here(entries->list[i].part, ids))
            entries->list[kept++] = entries->list[i];
    entries->count = kept;
}

static void add_section(const char *title, struct entries *entries, struct piece *out)
{
    struct buf *html = &out->html;

    if (entries->count == 0)
        return;
    qsort(entries->list, entries->count, sizeof *entries->list, compare_entries);
    buf_addf(html, "<h2>%s</h2>\n<ul>\n", title);
    for (size_t i = 0; i < entries->count; i++) {
        const struct entry *entry = &entries->list[i];

        buf_adds(html, "<li>");
        ids_add_link(out, entry->part->chunk->name, ids_part_number(entry->part));
        buf_adds(html, "<code>");
        escape_html(html, entry->name);
        buf_adds(html, "</code></a></li>\n");
    }
    buf_adds(html, "</ul>\n");
}

static void collect(const struct web *web, struct entries lists[4], struct arena *arena)
{
    struct definitions definitions = {0};

    for (size_t i = 0; i < web->chunk_count; i++)
        if (web->chunks[i]->first != NULL && !web->chunks[i]->has_target)
            add_entry(&lists[0], web->chunks[i]->name, web->chunks[i]->first);
    for (size_t i = 0; i < web->target_count; i++) {
        add_entry(&lists[1], web->targets[i]->path, web->targets[i]->part);
        if (web->targets[i]->c)
            definitions_find(web->targets[i], arena, &definitions);
    }
    for (size_t i = 0; i < definitions.count; i++)
        add_entry(&lists[definitions.list[i].is_type ? 3 : 2], definitions.list[i].name,
                  definitions.list[i].part);
    free(definitions.list);
}

void index_write(const struct web *web, const struct table *ids, struct piece *out)
{
    static const char *const titles[4] = {"Chunks", "Files", "Functions", "Types"};
    struct entries lists[4] = {0};
    struct arena arena = {0};

    collect(web, lists, &arena);
    for (size_t i = 0; i < 4; i++) {
        keep_those_here(&lists[i], ids);
        add_section(titles[i], &lists[i], out);
        free(lists[i].list);
    }
    arena_free(&arena);
}
