#include "heddle/pages/index.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "heddle/base/array.h"
#include "heddle/base/escape.h"
#include "heddle/tangle/tangle.h"

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

/* What C defines -------------------------------------------------------------
 *
 * Read from the tangled files by how they are laid out, as a reader finds it:
 * a definition begins in the first column, and the brace of a function's body
 * stands there too. */

static bool is_identifier_byte(char c)
{
    return isalnum((unsigned char)c) || c == '_';
}

static struct span first_word(struct span text)
{
    size_t len = 0;

    while (len < text.len && is_identifier_byte(text.ptr[len]))
        len++;
    return (struct span){text.ptr, len};
}

/* "struct queue {" names queue. */
static struct span type_defined(struct span line)
{
    static const char *const kinds[] = {"typedef ", "struct ", "union ", "enum "};
    struct span rest = line, name = {0};

    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (span_starts(rest, kinds[i]))
            rest = span_skip(rest, strlen(kinds[i]));
    name = first_word(rest);
    if (rest.ptr == line.ptr || !span_is(span_trim(span_skip(rest, name.len)), "{"))
        name.len = 0;
    return name;
}

/* "static int queue_get(struct queue *q," names queue_get, if a body follows
 * before the next semicolon. `rest` is the text behind the line. */
static struct span function_defined(struct span line, struct span rest)
{
    const char *paren = line.len > 0 ? memchr(line.ptr, '(', line.len) : NULL;
    const char *begin = paren;
    struct span next = line;

    if (paren == NULL || !is_identifier_byte(line.ptr[0]))
        return (struct span){0};
    while (begin > line.ptr && is_identifier_byte(begin[-1]))
        begin--;
    do {
        if (span_starts(next, "{"))
            return begin > line.ptr ? span_between(begin, paren) : (struct span){0};
        if (next.len > 0 && next.ptr[next.len - 1] == ';')
            break;
    } while (span_line(&rest, &next));
    return (struct span){0};
}

struct definitions {
    struct entries functions, types;
};

static void find_definitions(const struct target *target, struct arena *arena,
                             struct definitions *definitions)
{
    struct buf text = {0};
    struct span rest, line;
    size_t count, number = 0;
    struct origin *origins = tangle_origins(target, &count);

    tangle_clean(target, &text);
    rest = buf_take(&text, arena);
    for (; number < count && span_line(&rest, &line); number++) {
        struct span type = type_defined(line), function = function_defined(line, rest);

        if (type.len > 0)
            add_entry(&definitions->types, type, origins[number].part);
        else if (function.len > 0)
            add_entry(&definitions->functions, function, origins[number].part);
    }
    free(origins);
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
            find_definitions(web->targets[i], arena, &definitions);
    }
    lists[2] = definitions.functions;
    lists[3] = definitions.types;
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
