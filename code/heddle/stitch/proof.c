#include "heddle/stitch/proof.h"

#include <stdlib.h>

#include "heddle/expect/diff.h"
#include "heddle/tangle/tangle.h"
#include "heddle/web/build.h"

/* The book as it would be. */
struct trial {
    const struct stitch *stitch;
    struct web web;
    struct diags diags, *report;
};

static bool read_trial(struct trial *trial, const struct span *texts)
{
    const struct web *web = trial->stitch->web;

    trial->web.chapters =
        arena_array(&trial->web.arena, web->chapter_count, sizeof *trial->web.chapters);
    trial->web.chapter_count = web->chapter_count;
    for (size_t i = 0; i < web->chapter_count; i++)
        markdown_read_as(&trial->web.chapters[i], &trial->web.arena, web->chapters[i].source.path,
                         texts[i].ptr != NULL ? texts[i] : web->chapters[i].source.text,
                         &web->chapters[i].options, &trial->diags);
    web_build(&trial->web, &trial->diags);
    return trial->diags.errors == 0;
}

static void free_trial(struct trial *trial)
{
    web_free(&trial->web);
    diag_free(&trial->diags);
}

static struct place file_place(const struct fold *fold, size_t line)
{
    return (struct place){&fold->source, (unsigned)line + 1, 1};
}

/* The first error that the new chapters have. It speaks of lines that are not on
 * disk, so it is quoted. */
static void report_unreadable(struct trial *trial)
{
    for (size_t i = 0; i < trial->diags.count; i++) {
        const struct diag *diag = &trial->diags.list[i];

        if (diag->level != DIAG_ERROR)
            continue;
        diag_add(trial->report, DIAG_ERROR, file_place(trial->stitch->folds, 0), 0,
                 "with these edits the chapters make no book: %s:%u: %s",
                 diag->place.source != NULL ? diag->place.source->path : "-", diag->place.line,
                 diag->message);
        return;
    }
}

bool proof_loads(const struct stitch *stitch, const struct span *texts, struct diags *diags)
{
    struct trial trial = {.stitch = stitch, .report = diags};
    bool good = read_trial(&trial, texts);

    if (!good)
        report_unreadable(&trial);
    free_trial(&trial);
    return good;
}

/* File by file -------------------------------------------------------------------- */

/* A file as it should be and as it would be. */
struct comparison {
    struct arena arena;
    const struct fold *fold; /* NULL: the file was not edited */
    struct lines wanted, found;
    const struct part **wanted_parts; /* of each line; NULL: of none */
};

static bool same(const void *context, size_t a, size_t b)
{
    const struct comparison *comparison = context;

    return line_same(comparison->wanted.list[a], comparison->found.list[b]);
}

static const struct fold *fold_of(const struct stitch *stitch, const struct target *target)
{
    for (size_t i = 0; i < stitch->fold_count; i++)
        if (stitch->folds[i].edit->target == target)
            return &stitch->folds[i];
    return NULL;
}

static void want_edited(struct comparison *comparison)
{
    const struct fold *fold = comparison->fold;

    comparison->wanted = (struct lines){fold->expected, fold->expected_count, false};
    comparison->wanted_parts =
        arena_array(&comparison->arena, fold->expected_count, sizeof(const struct part *));
    for (size_t i = 0; i < fold->expected_count; i++)
        comparison->wanted_parts[i] =
            fold->owners[i] == NO_LINE ? NULL : fold->layout.instances[fold->owners[i]].part;
}

static void want_unedited(struct comparison *comparison, const struct target *target)
{
    struct buf text = {0};
    size_t count;
    struct origin *origins = tangle_origins(target, &count);

    tangle_clean(target, &text);
    comparison->wanted = lines_read(&comparison->arena, buf_take(&text, &comparison->arena));
    comparison->wanted_parts = arena_array(&comparison->arena, count, sizeof(const struct part *));
    for (size_t i = 0; i < count; i++)
        comparison->wanted_parts[i] = origins[i].part;
    free(origins);
}

static bool is_folded(const struct stitch *stitch, const struct part *part)
{
    return part != NULL && stitch->folded[part->chapter - stitch->web->chapters]
                                         [part->block - part->chapter->blocks] != NULL;
}

/* The first line that differs and may not, from 0; NO_LINE: all is as it should
 * be. `copy`: the first that may. Lines in the trial that nobody wanted come with
 * a line that is missing, or stand in a block that was folded. */
static size_t first_wrong(const struct trial *trial, const struct comparison *comparison,
                          const struct target *found, size_t *copy)
{
    const struct stitch *stitch = trial->stitch;
    struct diff diff;
    size_t wrong = NO_LINE, count;
    struct origin *origins = tangle_origins(found, &count);

    diff_compute(&diff, comparison->wanted.count, comparison->found.count, same, comparison);
    for (size_t i = 0; i < comparison->wanted.count && wrong == NO_LINE; i++) {
        if (diff.old_kept[i])
            continue;
        *copy = *copy == NO_LINE ? i : *copy;
        if (!is_folded(stitch, comparison->wanted_parts[i]))
            wrong = i;
    }
    for (size_t i = 0; i < comparison->found.count && wrong == NO_LINE; i++) {
        const struct part *part = origins[i].part;
        size_t chapter = (size_t)(part->chapter - trial->web.chapters);
        size_t block = (size_t)(part->block - part->chapter->blocks);

        if (diff.new_kept[i])
            continue;
        *copy = *copy == NO_LINE ? 0 : *copy;
        if (block >= stitch->web->chapters[chapter].block_count ||
            stitch->folded[chapter][block] == NULL)
            wrong = i < comparison->wanted.count ? i : 0;
    }
    diff_free(&diff);
    free(origins);
    return wrong;
}

/* Has the file an instance that was left as it was, of a block that changed? */
static bool has_other_copy(const struct stitch *stitch, const struct fold *fold)
{
    for (size_t i = 0; i < fold->layout.instance_count; i++)
        if (!fold->blocks[i].changed && is_folded(stitch, fold->layout.instances[i].part))
            return true;
    return false;
}

static void report_wrong(struct trial *trial, const struct comparison *comparison,
                         const struct target *target, size_t line)
{
    struct place place =
        comparison->fold != NULL ? file_place(comparison->fold, line) : target_place(target);

    diag_add(trial->report, DIAG_ERROR, place, 1,
             "the chapters with these edits would give another %.*s than this; "
             "edit the chapter by hand",
             SPAN_ARG(target->path));
}

static bool check_target(struct trial *trial, const struct target *target)
{
    const struct target *found = table_get(&trial->web.paths, target->path);
    struct comparison comparison = {.fold = fold_of(trial->stitch, target)};
    struct buf text = {0};
    size_t copy = NO_LINE, wrong = 0;

    if (comparison.fold != NULL)
        want_edited(&comparison);
    else
        want_unedited(&comparison, target);
    if (found != NULL) {
        tangle_clean(found, &text);
        comparison.found = lines_read(&comparison.arena, buf_take(&text, &comparison.arena));
        wrong = first_wrong(trial, &comparison, found, &copy);
    }
    if (wrong == NO_LINE && copy != NO_LINE && comparison.fold != NULL &&
        !has_other_copy(trial->stitch, comparison.fold))
        wrong = copy;
    if (wrong != NO_LINE)
        report_wrong(trial, &comparison, target, wrong);
    else if (copy != NO_LINE)
        diag_note(trial->report,
                  "%.*s has an edited block as well, and is written anew from line %zu on",
                  SPAN_ARG(target->path), copy + 1);
    arena_free(&comparison.arena);
    return wrong == NO_LINE;
}

bool proof_tangles(const struct stitch *stitch, const struct span *texts, struct diags *diags)
{
    struct trial trial = {.stitch = stitch, .report = diags};
    bool good = read_trial(&trial, texts);

    if (!good)
        report_unreadable(&trial);
    for (size_t i = 0; good && i < stitch->web->target_count; i++)
        good = check_target(&trial, stitch->web->targets[i]);
    free_trial(&trial);
    return good;
}
