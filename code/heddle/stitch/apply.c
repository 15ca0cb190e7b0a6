#include "heddle/stitch/apply.h"

#include <stdlib.h>

#include "heddle/disk/together.h"
#include "heddle/expect/diff.h"
#include "heddle/expect/expect.h"
#include "heddle/system/git_edits.h"
#include "heddle/tangle/tangle.h"

enum { CONTEXT = 2 }; /* lines around a change */

/* Showing ---------------------------------------------------------------------- */

struct change {
    struct lines old, now;
    struct diff diff;
};

static bool same(const void *context, size_t a, size_t b)
{
    const struct change *change = context;

    return span_equal(change->old.list[a], change->now.list[b]);
}

static bool is_near(const struct change *change, size_t old)
{
    size_t begin = old > CONTEXT ? old - CONTEXT : 0, now = 0;

    for (size_t i = 0; i <= change->old.count; i++) {
        bool differs = i < change->old.count && !change->diff.old_kept[i];

        for (; now < change->now.count && !change->diff.new_kept[now]; now++)
            differs = true;
        if (differs && i >= begin && i <= old + CONTEXT)
            return true;
        now += i < change->old.count && change->diff.old_kept[i];
    }
    return false;
}

static void print_line(FILE *out, char mark, struct span line)
{
    struct buf text = {0};

    buf_addc(&text, mark);
    expect_show_line(line, &text);
    fprintf(out, "%s\n", buf_string(&text));
    buf_free(&text);
}

static void print_change(const struct change *change, FILE *out)
{
    size_t now = 0;

    for (size_t i = 0; i <= change->old.count; i++) {
        if (i < change->old.count && !change->diff.old_kept[i]) {
            print_line(out, '-', change->old.list[i]);
            continue;
        }
        for (; now < change->now.count && !change->diff.new_kept[now]; now++)
            print_line(out, '+', change->now.list[now]);
        if (i < change->old.count && is_near(change, i))
            print_line(out, ' ', change->old.list[i]);
        now++;
    }
}

static struct span old_text(const struct block *block, struct arena *arena)
{
    struct buf text = {0};

    block_add_code(block, &text);
    return buf_take(&text, arena);
}

static void show_block(const struct stitch_block *block, FILE *out)
{
    struct arena arena = {0};
    struct change change = {0};
    struct buf now = {0};

    folded_text(block->folded, block->block, &now);
    change.old = lines_read(&arena, old_text(block->block, &arena));
    change.now = lines_read(&arena, buf_take(&now, &arena));
    diff_compute(&change.diff, change.old.count, change.now.count, same, &change);
    fprintf(out, "%s:%u: from %s", block->chapter->source.path, block->block->line,
            block->from->edit->path);
    if (block->folded->code_line != NO_LINE)
        fprintf(out, ":%zu", block->folded->code_line + 1);
    fputc('\n', out);
    print_change(&change, out);
    diff_free(&change.diff);
    arena_free(&arena);
}

void apply_show(const struct stitch *stitch, FILE *out)
{
    for (size_t i = 0; i < stitch->block_count; i++)
        show_block(&stitch->blocks[i], out);
}

/* Chapters ----------------------------------------------------------------------- */

static bool refuse_uncommitted(const struct stitch *stitch, const struct git_edits *edits,
                               const struct chapter *chapter, struct diags *diags)
{
    bool touched = false;

    for (size_t i = 0; i < stitch->block_count; i++) {
        const struct block *block = stitch->blocks[i].block;

        if (stitch->blocks[i].chapter != chapter ||
            !git_edits_touch(edits, block->line + 1, block->end_line - 1))
            continue;
        diag_error_at(diags, &chapter->source, block->info,
                      "this block has edits that are not committed, and would be written over; "
                      "commit them first (or --force)");
        touched = true;
    }
    return touched;
}

/* Beside the chapter, under a name that is no chapter's. */
static bool keep_copy(const struct chapter *chapter, FILE *out, struct diags *diags)
{
    struct buf path = {0};
    bool kept;

    buf_addf(&path, "%s~", chapter->source.path);
    kept = file_replace(buf_string(&path), chapter->source.text, diags);
    if (kept)
        fprintf(out, "%s holds this chapter as it was, for git does not\n", path.ptr);
    buf_free(&path);
    return kept;
}

/* May this chapter be written? */
static bool is_safe(const struct stitch *stitch, const struct chapter *chapter, FILE *out,
                    struct diags *diags)
{
    struct arena arena = {0};
    struct git_edits edits = git_edits_read(&arena, chapter->source.path);
    bool safe;

    if (edits.state == GIT_EDITS_KNOWN)
        safe = !refuse_uncommitted(stitch, &edits, chapter, diags);
    else
        safe = keep_copy(chapter, out, diags);
    arena_free(&arena);
    return safe;
}

static bool is_as_read(const struct chapter *chapter, struct diags *diags)
{
    struct arena arena = {0};
    struct span now;
    bool as_read = file_read(&arena, chapter->source.path, &now, diags) &&
                   span_equal(now, chapter->source.text);

    if (!as_read)
        diag_add(diags, DIAG_ERROR, (struct place){&chapter->source, 0, 0}, 0,
                 "this chapter was changed while it was read; stitch again");
    arena_free(&arena);
    return as_read;
}

bool apply_chapters(const struct stitch *stitch, bool force, FILE *out, struct diags *diags)
{
    const struct web *web = stitch->web;
    struct replacement *list = mem_alloc((web->chapter_count + 1) * sizeof *list);
    size_t count = 0;
    bool fine = true;

    for (size_t i = 0; i < web->chapter_count; i++) {
        const struct chapter *chapter = &web->chapters[i];

        if (stitch->chapters[i].ptr == NULL)
            continue;
        fine = (force || is_safe(stitch, chapter, out, diags)) && fine;
        fine = is_as_read(chapter, diags) && fine;
        list[count++] =
            (struct replacement){chapter->source.path, chapter->source.text, stitch->chapters[i]};
    }
    fine = fine && together_replace(list, count, diags);
    if (!fine && diags->system_failed)
        diag_note(diags, "no chapter was changed, and the edit is where it was; see that their "
                         "folder can be written and has room, and stitch again");
    free(list);
    return fine;
}

/* Code ----------------------------------------------------------------------------- */

static bool write_code(const struct stitch_edit *edit, const struct web *web, struct diags *diags)
{
    const struct target *target = table_get(&web->paths, edit->target->path);
    struct arena arena = {0};
    struct buf text = {0};
    struct span now;
    bool fine = target != NULL && file_read(&arena, edit->path, &now, diags);

    if (fine && span_equal(now, edit->text)) {
        tangle_clean(target, &text);
        fine = file_replace(edit->path, buf_span(&text), diags);
    }
    buf_free(&text);
    arena_free(&arena);
    return fine;
}

bool apply_code(const struct stitch_edit *edits, size_t count, const struct web *web,
                struct diags *diags)
{
    bool fine = true;

    for (size_t i = 0; i < count; i++)
        fine = write_code(&edits[i], web, diags) && fine;
    return fine;
}
