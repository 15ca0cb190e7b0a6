#include "heddle/stitch/stitch.h"

#include "heddle/base/array.h"
#include "heddle/stitch/mend.h"
#include "heddle/stitch/proof.h"

/* Copies of a chunk ------------------------------------------------------------ */

static const struct folded **slot_of(struct stitch *stitch, const struct part *part)
{
    return &stitch->folded[part->chapter - stitch->web->chapters]
                          [part->block - part->chapter->blocks];
}

static bool agree(const struct folded *a, const struct folded *b, const struct block *block)
{
    struct buf first = {0}, second = {0};
    bool equal;

    folded_text(a, block, &first);
    folded_text(b, block, &second);
    equal = span_equal(buf_span(&first), buf_span(&second));
    buf_free(&first);
    buf_free(&second);
    return equal;
}

/* Where an instance was edited. One that only lost lines has no line to show. */
static struct place place_of(const struct fold *fold, const struct folded *folded)
{
    return (struct place){&fold->source,
                          folded->code_line == NO_LINE ? 0 : (unsigned)folded->code_line + 1, 1};
}

static const struct stitch_block *find_block(const struct stitch *stitch,
                                             const struct folded *folded)
{
    for (size_t i = 0; i < stitch->block_count; i++)
        if (stitch->blocks[i].folded == folded)
            return &stitch->blocks[i];
    return NULL;
}

static void report_copies(const struct stitch *stitch, const struct fold *fold,
                          const struct folded *folded, const struct folded *other,
                          const struct part *part, struct diags *diags)
{
    const struct stitch_block *first = find_block(stitch, other);

    diag_add(diags, DIAG_ERROR, place_of(fold, folded), 1,
             "this copy of chunk \"%.*s\" was edited in another way than the one in %s; "
             "make them agree",
             SPAN_ARG(part->chunk->name), first->from->edit->path);
    diag_add(diags, DIAG_NOTE, place_of(first->from, other), 1, "here it says this");
    diag_add(diags, DIAG_NOTE, (struct place){&part->chapter->source, part->block->line, 1}, 1,
             "both are written from this block");
}

static void take_instance(struct stitch *stitch, const struct fold *fold, size_t index,
                          struct diags *diags)
{
    const struct folded *folded = &fold->blocks[index];
    const struct part *part = fold->layout.instances[index].part;
    const struct folded **slot = slot_of(stitch, part);

    if (!folded->changed)
        return;
    if (*slot != NULL) {
        if (!agree(*slot, folded, part->block))
            report_copies(stitch, fold, folded, *slot, part, diags);
        return;
    }
    *slot = folded;
    *ARRAY_PUSH_IN(&stitch->arena, stitch->blocks, stitch->block_count, stitch->block_cap) =
        (struct stitch_block){part->chapter, part->block, folded, fold};
    if (folded->count == 0)
        diag_add(diags, DIAG_WARNING, (struct place){&part->chapter->source, part->block->line, 1},
                 1, "nothing is left of this block's code; the block stays, and is empty");
}

static void take_blocks(struct stitch *stitch, struct diags *diags)
{
    const struct web *web = stitch->web;

    stitch->folded = arena_array(&stitch->arena, web->chapter_count, sizeof *stitch->folded);
    for (size_t i = 0; i < web->chapter_count; i++)
        stitch->folded[i] =
            arena_array(&stitch->arena, web->chapters[i].block_count, sizeof **stitch->folded);
    for (size_t i = 0; i < stitch->fold_count; i++)
        for (size_t j = 0; j < stitch->folds[i].layout.instance_count; j++)
            take_instance(stitch, &stitch->folds[i], j, diags);
}

/* New texts --------------------------------------------------------------------- */

static bool is_touched(const struct stitch *stitch, size_t chapter)
{
    for (size_t i = 0; i < stitch->web->chapters[chapter].block_count; i++)
        if (stitch->folded[chapter][i] != NULL)
            return true;
    return false;
}

/* The chapters as they would be; see mend.h for `as_text`. */
static struct span *mend_all(struct stitch *stitch, bool as_text)
{
    struct span *texts = arena_array(&stitch->arena, stitch->web->chapter_count, sizeof *texts);

    for (size_t i = 0; i < stitch->web->chapter_count; i++) {
        struct buf text = {0};

        if (!is_touched(stitch, i))
            continue;
        mend_chapter(&stitch->web->chapters[i], stitch->folded[i], as_text, &text);
        texts[i] = buf_take(&text, &stitch->arena);
    }
    return texts;
}

static bool names_chunks(const struct stitch *stitch)
{
    for (size_t i = 0; i < stitch->block_count; i++)
        for (size_t j = 0; j < stitch->blocks[i].folded->count; j++)
            if (stitch->blocks[i].folded->list[j].names_chunk)
                return true;
    return false;
}

/* With a backslash before each new reference, tangling must give the edited files
 * back. As they will be, the chapters must be a book. */
static bool prove(struct stitch *stitch, struct diags *diags)
{
    if (!proof_tangles(stitch, mend_all(stitch, true), diags))
        return false;
    return !names_chunks(stitch) || proof_loads(stitch, stitch->chapters, diags);
}

bool stitch_fold(struct stitch *stitch, const struct web *web, const struct stitch_edit *edits,
                 size_t count, bool as_text, struct diags *diags)
{
    size_t errors = diags->errors;

    *stitch = (struct stitch){.web = web, .fold_count = count};
    stitch->folds = arena_array(&stitch->arena, count, sizeof *stitch->folds);
    for (size_t i = 0; i < count; i++)
        fold_make(&stitch->folds[i], &stitch->arena, web, &edits[i], as_text, diags);
    if (diags->errors > errors)
        return false;
    take_blocks(stitch, diags);
    if (diags->errors > errors)
        return false;
    stitch->chapters = mend_all(stitch, false);
    return prove(stitch, diags);
}
