#include "heddle/web/graph.h"

#include <stdlib.h>
#include <string.h>

#include "heddle/base/array.h"
#include "heddle/base/unicode.h"

enum {
    MOST_SUGGESTIONS = 100, /* each reads all names, or all lines */
    CHAIN_SHOWN = 8,        /* links of a cycle in its message */
};

/* Resolving ---------------------------------------------------------------- */

/* A name that looks the same, in another of Unicode's normal forms; or NULL. */
static const struct chunk *chunk_alike(struct web *web, struct span name)
{
    struct span form = unicode_in_form(name, UNICODE_COMPOSED, &web->arena);

    for (size_t i = 0; i < web->chunk_count; i++)
        if (web->chunks[i]->first != NULL &&
            span_equal(unicode_in_form(web->chunks[i]->name, UNICODE_COMPOSED, &web->arena), form))
            return web->chunks[i];
    return NULL;
}

static bool is_ascii(struct span text)
{
    for (size_t i = 0; i < text.len; i++)
        if ((unsigned char)text.ptr[i] >= 0x80)
            return false;
    return true;
}

static void suggest_chunk(struct web *web, struct span name, struct diags *diags)
{
    const struct chunk *alike = is_ascii(name) ? NULL : chunk_alike(web, name);
    struct span near;

    if (alike != NULL)
        diag_add(diags, DIAG_NOTE, part_place(alike->first), (unsigned)alike->name.len,
                 "\"%.*s\" looks the same, but its accents are written otherwise (another of "
                 "Unicode's normal forms): copy the name from here",
                 SPAN_ARG(alike->name));
    else if (table_nearest(&web->names, name, &near))
        diag_add(diags, DIAG_NOTE,
                 part_place(((const struct chunk *)table_get(&web->names, near))->first),
                 (unsigned)near.len, "did you mean \"%.*s\"?", SPAN_ARG(near));
}

/* No output is wrong where nothing reaches the line. */
static void report_undefined(struct web *web, const struct part *part, const struct use *use,
                             struct diags *diags)
{
    bool harms = part->chunk == NULL || part->chunk->reached;
    struct span where = use_span(use);

    diag_add(diags, harms ? DIAG_ERROR : DIAG_WARNING,
             source_place(&part->chapter->source, where.ptr), (unsigned)where.len,
             "no chunk is named \"%.*s\"", SPAN_ARG(use->name));
    if (diags->errors + diags->warnings <= MOST_SUGGESTIONS)
        suggest_chunk(web, use->name, diags);
}

static void resolve_part(struct web *web, struct part *part, struct diags *diags)
{
    (void)diags;
    for (size_t i = 0; i < part->use_count; i++) {
        struct use *use = &part->uses[i];

        if (use->escaped)
            continue;
        use->chunk = table_get(&web->names, use->name);
        if (use->chunk != NULL)
            use->chunk->user_count++; /* for now: uses, an upper bound */
    }
}

static void report_part(struct web *web, struct part *part, struct diags *diags)
{
    for (size_t i = 0; i < part->use_count; i++)
        if (part->uses[i].chunk == NULL && !part->uses[i].escaped)
            report_undefined(web, part, &part->uses[i], diags);
}

static void for_all_parts(struct web *web, struct diags *diags,
                          void (*visit)(struct web *, struct part *, struct diags *))
{
    for (size_t i = 0; i < web->chapter_count; i++)
        for (size_t j = 0; j < web->chapters[i].block_count; j++)
            if (web->parts[i][j] != NULL)
                visit(web, web->parts[i][j], diags);
}

/* Parts come one after the other, so a part that stands in the list already
 * is the last one there. */
static void note_users(struct web *web, struct part *part, struct diags *diags)
{
    (void)web;
    (void)diags;
    for (size_t i = 0; i < part->use_count; i++) {
        struct chunk *chunk = part->uses[i].chunk;

        if (chunk != NULL &&
            (chunk->user_count == 0 || chunk->users[chunk->user_count - 1] != part))
            chunk->users[chunk->user_count++] = part;
    }
}

/* Chunks to look at; each is pushed once. */
struct pile {
    struct chunk **chunks;
    size_t count;
};

static void reach(struct pile *pile, struct chunk *chunk)
{
    if (chunk == NULL || chunk->reached)
        return;
    chunk->reached = true;
    pile->chunks[pile->count++] = chunk;
}

static void reach_from(struct pile *pile, const struct part *part)
{
    for (size_t i = 0; i < part->use_count; i++)
        reach(pile, part->uses[i].chunk);
}

/* Files and fragments are outputs, and so is what they use. */
static void mark_reached(struct web *web)
{
    struct pile pile = {.chunks = mem_alloc((web->chunk_count + 1) * sizeof(struct chunk *))};

    for (size_t i = 0; i < web->target_count; i++)
        reach(&pile, web->targets[i]->chunk);
    for (size_t i = 0; i < web->snippet_count; i++)
        reach_from(&pile, web->snippets[i].part);
    while (pile.count > 0)
        for (const struct part *part = pile.chunks[--pile.count]->first; part != NULL;
             part = part->next)
            reach_from(&pile, part);
    free(pile.chunks);
}

void graph_resolve(struct web *web, struct diags *diags)
{
    for_all_parts(web, diags, resolve_part);
    mark_reached(web);
    for_all_parts(web, diags, report_part);
    for (size_t i = 0; i < web->chunk_count; i++) {
        struct chunk *chunk = web->chunks[i];

        chunk->users = arena_array(&web->arena, chunk->user_count, sizeof *chunk->users);
        chunk->user_count = 0;
    }
    for_all_parts(web, diags, note_users);
}

/* Macros ------------------------------------------------------------------- */

/* gcc and clang splice a line over blanks behind its backslash, too. */
static bool is_continued(const struct block *block, unsigned index)
{
    const struct code_line *line = &block->lines[index];
    size_t len = line->len;

    while (len > 0 && is_blank(line->ptr[len - 1]))
        len--;
    return len > 0 && line->ptr[len - 1] == '\\';
}

static void check_part_macros(const struct part *part, struct diags *diags)
{
    const struct block *block = part->block;
    const struct source *source = &part->chapter->source;

    for (size_t i = 0; i < part->use_count; i++)
        if (!part->uses[i].escaped && part->uses[i].index > 0 &&
            is_continued(block, part->uses[i].index - 1))
            diag_error_at(diags, source, use_span(&part->uses[i]),
                          "a chunk cannot be used inside a macro: the line above ends in \\");
    if (block->line_count > 0 && is_continued(block, block->line_count - 1))
        diag_error_at(diags, source,
                      span_trim(code_line_span(&block->lines[block->line_count - 1])),
                      "a chunk cannot end in a continued line; move its next line here");
}

static void pile_up(struct pile *pile, struct chunk *chunk)
{
    if (chunk == NULL || chunk->in_c)
        return;
    chunk->in_c = true;
    pile->chunks[pile->count++] = chunk;
}

static void look_into(struct pile *pile, const struct part *part, struct diags *diags)
{
    check_part_macros(part, diags);
    for (size_t i = 0; i < part->use_count; i++)
        pile_up(pile, part->uses[i].chunk);
}

/* Fragments are compiled with #line, and belong to no chunk. */
static bool is_fragment(const struct part *part)
{
    return part != NULL && part->chunk == NULL && attr_is_c_language(part->block->attrs.language);
}

void graph_check_macros(struct web *web, struct diags *diags)
{
    struct pile pile = {.chunks = mem_alloc((web->chunk_count + 1) * sizeof(struct chunk *))};

    for (size_t i = 0; i < web->target_count; i++)
        if (web->targets[i]->c)
            pile_up(&pile, web->targets[i]->chunk);
    for (size_t i = 0; i < web->chapter_count; i++)
        for (size_t j = 0; j < web->chapters[i].block_count; j++)
            if (is_fragment(web->parts[i][j]))
                look_into(&pile, web->parts[i][j], diags);
    while (pile.count > 0)
        for (const struct part *part = pile.chunks[--pile.count]->first; part != NULL;
             part = part->next)
            look_into(&pile, part, diags);
    free(pile.chunks);
}

/* Measuring ---------------------------------------------------------------- */

/* Chunks refer to chunks as deep as a chapter likes, so the walk keeps its
 * own stack. A frame is a chunk and the next use to look at. */
struct frame {
    struct chunk *chunk;
    struct part *part;
    size_t next;
};

enum colour { WHITE, GREY, BLACK };

struct walk {
    struct frame *frames;
    size_t depth, cap;
    unsigned char *colours; /* by chunk index */
    struct diags *diags;
    bool cyclic;
};

static size_t saturating_add(size_t a, size_t b)
{
    return a > SIZE_MAX - b ? SIZE_MAX : a + b;
}

static size_t saturating_multiply(size_t a, size_t b)
{
    return b != 0 && a > SIZE_MAX / b ? SIZE_MAX : a * b;
}

static unsigned char *colour_of(struct walk *walk, const struct chunk *chunk)
{
    return &walk->colours[chunk->index];
}

static void push(struct walk *walk, struct chunk *chunk)
{
    *ARRAY_PUSH(walk->frames, walk->depth, walk->cap) = (struct frame){chunk, chunk->first, 0};
    *colour_of(walk, chunk) = GREY;
}

/* "a" -> "b" -> "a", from the frame where the chunk was entered. */
static void report_cycle(struct walk *walk, const struct part *part, const struct use *use)
{
    struct buf chain = {0};
    size_t from = walk->depth;

    while (walk->frames[from - 1].chunk != use->chunk)
        from--;
    for (size_t i = from - 1; i < walk->depth && i < from - 1 + CHAIN_SHOWN; i++)
        buf_addf(&chain, "%.*s -> ", SPAN_ARG(walk->frames[i].chunk->name));
    if (walk->depth > from - 1 + CHAIN_SHOWN)
        buf_adds(&chain, "... -> ");
    diag_add(walk->diags, use->chunk->reached ? DIAG_ERROR : DIAG_WARNING,
             source_place(&part->chapter->source, use_span(use).ptr), (unsigned)use_span(use).len,
             "chunk \"%.*s\" is part of itself: %s%.*s", SPAN_ARG(use->name), buf_string(&chain),
             SPAN_ARG(use->name));
    buf_free(&chain);
    walk->cyclic = walk->cyclic || use->chunk->reached;
}

/* What a line or a #line of this part may take in either twin. */
static size_t directive_cost(const struct part *part)
{
    return span_of(part->chapter->source.path).len + 24;
}

static void measure_part(struct chunk *chunk, const struct part *part)
{
    const struct block *block = part->block;
    const char *const *starts = part->chapter->source.line_starts;

    chunk->cost = saturating_add(chunk->cost, directive_cost(part));
    chunk->cost = saturating_add(chunk->cost,
                                 (size_t)(starts[block->line + block->header + block->line_count] -
                                          starts[block->line]) +
                                     (size_t)block->line_count * 8);
    chunk->line_count = saturating_add(chunk->line_count, block->line_count);
    for (size_t i = 0; i < part->use_count; i++) {
        const struct use *use = &part->uses[i];

        if (use->chunk == NULL)
            continue;
        chunk->cost = saturating_add(chunk->cost, directive_cost(part));
        chunk->cost = saturating_add(chunk->cost, use->chunk->cost);
        chunk->cost = saturating_add(chunk->cost,
                                     saturating_multiply(use->indent.len, use->chunk->line_count));
        chunk->line_count = saturating_add(chunk->line_count, use->chunk->line_count);
    }
}

static void finish(struct walk *walk, struct chunk *chunk)
{
    for (const struct part *part = chunk->first; part != NULL; part = part->next)
        measure_part(chunk, part);
    *colour_of(walk, chunk) = BLACK;
    walk->depth--;
}

/* One step: into the next chunk that this one uses, or out of it. */
static void step(struct walk *walk)
{
    struct frame *frame = &walk->frames[walk->depth - 1];
    const struct use *use;

    while (frame->part != NULL && frame->next == frame->part->use_count) {
        frame->part = frame->part->next;
        frame->next = 0;
    }
    if (frame->part == NULL) {
        finish(walk, frame->chunk);
        return;
    }
    use = &frame->part->uses[frame->next++];
    if (use->chunk == NULL)
        return;
    if (*colour_of(walk, use->chunk) == WHITE)
        push(walk, use->chunk);
    else if (*colour_of(walk, use->chunk) == GREY)
        report_cycle(walk, frame->part, use);
}

/* What the fragments of a book expand to; they are no chunks themselves. */
static size_t fragments_cost(const struct web *web)
{
    size_t total = 0;

    for (size_t i = 0; i < web->snippet_count; i++) {
        const struct part *part = web->snippets[i].part;

        for (size_t j = 0; j < part->use_count; j++)
            if (part->uses[j].chunk != NULL)
                total = saturating_add(total, part->uses[j].chunk->cost);
    }
    return total;
}

static bool check_sizes(struct web *web, struct diags *diags)
{
    const size_t most = (size_t)GRAPH_MOST_MIB << 20;
    size_t total = 0;

    if (fragments_cost(web) > most) {
        diag_add(diags, DIAG_ERROR, (struct place){0}, 0,
                 "the fragments of this book expand to more than %d MiB", GRAPH_MOST_MIB);
        return false;
    }

    for (size_t i = 0; i < web->target_count; i++) {
        const struct target *target = web->targets[i];

        total = saturating_add(total, saturating_add(target->chunk->cost, target->banner.len));
        if (total > most) {
            diag_error_at(diags, &target->part->chapter->source, part_name_span(target->part),
                          "with \"%.*s\" the tangled files exceed %d MiB", SPAN_ARG(target->path),
                          GRAPH_MOST_MIB);
            return false;
        }
    }
    return true;
}

bool graph_measure(struct web *web, struct diags *diags)
{
    struct walk walk = {.diags = diags};

    walk.colours = mem_alloc(web->chunk_count);
    for (size_t i = 0; i < web->chunk_count; i++)
        web->chunks[i]->index = i;
    for (size_t i = 0; i < web->chunk_count; i++) {
        if (walk.colours[i] == WHITE)
            push(&walk, web->chunks[i]);
        while (walk.depth > 0)
            step(&walk);
    }
    free(walk.colours);
    free(walk.frames);
    return !walk.cyclic && check_sizes(web, diags);
}

/* Warnings ----------------------------------------------------------------- */

static void warn_continued(const struct chunk *chunk, struct diags *diags)
{
    for (const struct part *part = chunk->first; part->next != NULL; part = part->next) {
        if (part->next->chapter == part->chapter)
            continue;
        diag_add(diags, DIAG_WARNING, part_place(part->next), (unsigned)chunk->name.len,
                 "chunk \"%.*s\" goes on here, in another chapter", SPAN_ARG(chunk->name));
        diag_add(diags, DIAG_NOTE, part_place(chunk->first), (unsigned)chunk->name.len,
                 "it begins here");
    }
}

/* The first line of C that holds <<name>> and something else, which makes it
 * no reference; false when there is none in the block. */
static bool find_near_use(const struct chapter *chapter, const struct block *block,
                          struct span name, struct diags *diags)
{
    for (unsigned i = 0; i < block->line_count; i++) {
        struct span rest = code_line_span(&block->lines[i]), before;

        while (span_find(&rest, "<<", &before)) {
            rest = span_skip(rest, 2);
            if (rest.len < name.len + 2 || !span_equal((struct span){rest.ptr, name.len}, name) ||
                !span_starts(span_skip(rest, name.len), ">>"))
                continue;
            diag_add(diags, DIAG_NOTE, source_place(&chapter->source, rest.ptr - 2),
                     (unsigned)name.len + 4,
                     "this is no reference to it: that stands alone on its line");
            return true;
        }
    }
    return false;
}

static void note_near_use(const struct web *web, struct span name, struct diags *diags)
{
    for (size_t i = 0; i < web->chapter_count; i++) {
        const struct chapter *chapter = &web->chapters[i];

        for (size_t j = 0; j < chapter->block_count; j++)
            if (attr_is_c_language(chapter->blocks[j].attrs.language) &&
                find_near_use(chapter, &chapter->blocks[j], name, diags))
                return;
    }
}

static void warn_unused(const struct web *web, const struct chunk *chunk, struct diags *diags)
{
    diag_add(diags, DIAG_WARNING, part_place(chunk->first), (unsigned)chunk->name.len,
             "chunk \"%.*s\" is never used", SPAN_ARG(chunk->name));
    if (diags->warnings <= MOST_SUGGESTIONS)
        note_near_use(web, chunk->name, diags);
}

/* What stands before the "<<" of `at`, blanks aside; NUL: nothing, or the escape. */
static char before(struct span line, const char *at)
{
    while (at > line.ptr && is_blank(at[-1]))
        at--;
    return at > line.ptr ? at[-1] : '\0';
}

/* "{ <<body>> }": in no language would code go on like this. */
static bool is_meant(const struct web *web, const struct part *part, struct span line,
                     const struct use *use)
{
    const struct chunk *chunk = table_get(&web->names, use->name);
    bool in_c = attr_is_c_language(part->block->attrs.language);
    char sign = before(line, use->name.ptr - 2);

    if (chunk != NULL && chunk->user_count == 0 && !chunk->has_target && in_c)
        return false; /* warn_unused() says it */
    return (sign != '\0' && strchr("{;(,", sign) != NULL) ? chunk != NULL || in_c
                                                          : sign == '\0' && chunk != NULL;
}

/* The uses that a line seems to have, but for one that is all of it. */
static void warn_within(const struct web *web, const struct part *part, struct span line,
                        struct diags *diags)
{
    struct span rest = line, skipped;
    struct use use;

    while (!use_read(line, &use) && span_find(&rest, "<<", &skipped)) {
        struct span name = rest, end;

        name = span_skip(name, 2);
        rest = name;
        if (!span_find(&name, ">>", &end))
            return;
        if (!use_read(span_between(end.ptr - 2, end.ptr + end.len + 2), &use) ||
            !is_meant(web, part, line, &use))
            continue;
        diag_add(diags, DIAG_WARNING, source_place(&part->chapter->source, end.ptr - 2),
                 (unsigned)span_width(use_span(&use)),
                 "this is no reference, and stays as it is: a reference stands alone on its line");
        return;
    }
}

/* "<< body >>" alone on its line. */
static void warn_blanks(const struct web *web, const struct part *part, struct span line,
                        struct diags *diags)
{
    struct span text = span_trim(line), name;

    if (text.len < 5 || !span_starts(text, "<<") || !span_ends(text, ">>"))
        return;
    name = span_trim((struct span){text.ptr + 2, text.len - 4});
    if (name.len + 4 < text.len && table_get(&web->names, name) != NULL)
        diag_add(diags, DIAG_WARNING, source_place(&part->chapter->source, text.ptr),
                 (unsigned)span_width(text),
                 "this is no reference, and stays as it is: no blanks stand within its marks");
}

static void warn_of_part(struct web *web, struct part *part, struct diags *diags)
{
    for (unsigned i = 0; part->chunk != NULL && i < part->block->line_count; i++) {
        struct span line = code_line_span(&part->block->lines[i]);

        warn_within(web, part, line, diags);
        warn_blanks(web, part, line, diags);
    }
}

void graph_warn(struct web *web, struct diags *diags)
{
    bool wrong = diags->errors > 0; /* a mistyped use leaves its chunk unused */

    for (size_t i = 0; i < web->chunk_count; i++) {
        const struct chunk *chunk = web->chunks[i];

        if (!wrong && chunk->user_count == 0 && !chunk->has_target && !chunk->reached)
            warn_unused(web, chunk, diags);
        warn_continued(chunk, diags);
    }
    for_all_parts(web, diags, warn_of_part);
}
