#include "heddle/stitch/fold.h"

#include <string.h>

#include "heddle/base/array.h"
#include "heddle/stitch/indent.h"
#include "heddle/tangle/tangle.h"

/* One edit being folded. */
struct folding {
    struct fold *fold;
    struct arena *arena;
    const struct web *web;
    struct diags *diags;
    bool as_text;
    size_t *chosen; /* of each gap: the step behind which its new lines go; NO_LINE: none do */
};

static void blame(struct folding *folding, size_t code_line, struct place other,
                  const char *message, const char *note)
{
    struct fold *fold = folding->fold;

    diag_error_at(folding->diags, &fold->source,
                  source_line(&fold->source, (unsigned)code_line + 1), "%s", message);
    if (note != NULL)
        diag_add(folding->diags, DIAG_NOTE, other, 1, "%s", note);
}

static struct place place_of(const struct part *part, unsigned index)
{
    return (struct place){&part->chapter->source, block_code_line(part->block, index), 1};
}

/* Where the lines of an instance begin: its use, or its block. */
static struct place reference_of(const struct fold *fold, const struct instance *instance)
{
    return instance->use != NULL
               ? place_of(fold->layout.instances[instance->parent].part, instance->use->index)
               : (struct place){&instance->part->chapter->source, instance->part->block->line, 1};
}

/* Lines ---------------------------------------------------------------------- */

static struct folded_line *push_line(struct folding *folding, size_t instance,
                                     struct folded_line line)
{
    struct folded *folded = &folding->fold->blocks[instance];
    struct folded_line *pushed =
        ARRAY_PUSH_IN(folding->arena, folded->list, folded->count, folded->cap);

    *pushed = line;
    return pushed;
}

static void expect_line(struct folding *folding, struct span text, size_t instance)
{
    struct fold *fold = folding->fold;
    size_t count = fold->expected_count;

    *ARRAY_PUSH_IN(folding->arena, fold->expected, count, fold->expected_cap) = text;
    *ARRAY_PUSH_IN(folding->arena, fold->owners, fold->expected_count, fold->owners_cap) = instance;
}

/* Why no chapter can hold this line of code, or NULL. */
static const char *line_fault(struct span line)
{
    if (line.len > 0 && memchr(line.ptr, '\r', line.len) != NULL)
        return "this line holds a carriage return, which ends a chapter's line; take it out";
    if (span_bad_utf8(line) < line.len)
        return "this line holds bytes that are no UTF-8, or NUL";
    return NULL;
}

static void refuse_unknown(struct folding *folding, size_t code_line, struct span name)
{
    struct buf message = {0}, note = {0};
    struct span near;

    buf_addf(&message, "no chunk is named \"%.*s\"; --text makes it a line of code",
             SPAN_ARG(name));
    if (table_nearest(&folding->web->names, name, &near))
        buf_addf(&note, "did you mean \"%.*s\"?", SPAN_ARG(near));
    blame(folding, code_line, (struct place){0}, buf_string(&message),
          note.len > 0 ? buf_string(&note) : NULL);
    buf_free(&message);
    buf_free(&note);
}

/* A new line that a chapter reads as a reference. In the place of one that was
 * meant as text it is text. */
static void read_reference(struct folding *folding, struct folded_line *line, size_t code_line,
                           bool was_text)
{
    struct use use = {0};

    if (!use_read(line->text, &use))
        return;
    if (use.escaped)
        blame(folding, code_line, (struct place){0},
              "a chapter cannot say this line: it takes \\<<name>> for <<name>>", NULL);
    else if (was_text || folding->as_text)
        line->is_text = true;
    else if (table_get(&folding->web->names, use.name) != NULL)
        line->names_chunk = true;
    else
        refuse_unknown(folding, code_line, use.name);
}

/* Line `code_line` of the edited file goes to an instance, without what stands
 * before all of its lines. */
static void push_new(struct folding *folding, size_t instance, size_t code_line, bool was_text)
{
    struct fold *fold = folding->fold;
    struct span text = fold->theirs.list[code_line], indent = fold->indents[instance];
    const char *fault = line_fault(text);
    struct folded_line line = {.is_new = true};

    expect_line(folding, text, instance);
    if (fold->blocks[instance].code_line == NO_LINE)
        fold->blocks[instance].code_line = code_line;
    if (fault != NULL) {
        blame(folding, code_line, (struct place){0}, fault, NULL);
    } else if (line_is_blank(text)) {
        push_line(folding, instance, line);
    } else if (!indent_fits(text, indent)) {
        blame(folding, code_line, reference_of(fold, &fold->layout.instances[instance]),
              "this line has less indentation than the block it would go to",
              "each line that goes there is indented as this is");
    } else {
        line.text = span_skip(text, indent.len);
        read_reference(folding, &line, code_line, was_text);
        push_line(folding, instance, line);
    }
}

/* A line of the block as it is; unless its indentation is another now. */
static void push_old(struct folding *folding, const struct step *step, size_t line)
{
    struct fold *fold = folding->fold;
    const struct instance *instance = &fold->layout.instances[step->instance];
    struct span text = fold->ours.list[line], indent = fold->indents[step->instance];
    struct folded_line kept = {.old = step->index};

    expect_line(folding, text, step->instance);
    if (!span_equal(indent, instance->indent) && !line_is_blank(text)) {
        kept = (struct folded_line){.is_new = true, .is_text = step->escaped};
        kept.text = span_skip(text, indent.len);
    }
    if (kept.is_new && !indent_fits(text, indent))
        diag_add(folding->diags, DIAG_ERROR, place_of(instance->part, step->index), 1,
                 "in %s the lines around this one moved to the right, and it did not",
                 fold->edit->path);
    push_line(folding, step->instance, kept);
}

/* The line <<name>> of a use, which no tangled file shows, with its indentation. */
static void push_use(struct folding *folding, const struct step *step)
{
    const struct fold *fold = folding->fold;
    const struct instance *list = fold->layout.instances, *instance = &list[step->instance];
    struct span old = span_skip(instance->indent, list[instance->parent].indent.len);
    struct span own = span_skip(fold->indents[step->instance], fold->indents[instance->parent].len);
    struct folded_line line = {.old = step->index, .is_new = !span_equal(old, own)};
    struct buf text = {0};

    buf_add(&text, own);
    buf_addf(&text, "<<%.*s>>", SPAN_ARG(instance->use->name));
    line.text = buf_take(&text, folding->arena);
    push_line(folding, instance->parent, line);
}

/* Where new lines go ----------------------------------------------------------- */

static bool run_fits(const struct fold *fold, const struct line_run *run, size_t instance)
{
    for (size_t i = 0; i < run->count; i++) {
        struct span text = fold->theirs.list[run->first + i];

        if (!line_is_blank(text) && !indent_fits(text, fold->indents[instance]))
            return false;
    }
    return true;
}

/* The instance that the walk is in behind a step; NO_LINE behind the end. */
static size_t instance_behind(const struct fold *fold, const struct step *step)
{
    const struct instance *instance = &fold->layout.instances[step->instance];

    if (step->kind != STEP_LEAVE)
        return step->instance;
    return step->edge && instance->use != NULL ? instance->parent : NO_LINE;
}

/*
 * New lines between two old ones can mostly go to more than one block: to the end
 * of the one that the line before is in, to the blocks around it, to the start of
 * the next. The first that their indentation allows takes them: what stands behind
 * a line was typed behind it.
 */
static size_t choose(const struct fold *fold, const struct line_run *run, size_t begin, size_t end)
{
    size_t first = NO_LINE;

    for (size_t i = begin; i < end; i++) {
        size_t instance = instance_behind(fold, &fold->layout.steps[i]);

        if (instance == NO_LINE)
            continue;
        if (run_fits(fold, run, instance))
            return i;
        first = first == NO_LINE ? i : first;
    }
    return first; /* none allows it: that is reported there */
}

/* Another block could have taken them: say where they went, and where they did not. */
static void mention_border(struct folding *folding, const struct line_run *run, size_t chosen,
                           size_t end)
{
    const struct fold *fold = folding->fold;
    size_t instance = instance_behind(fold, &fold->layout.steps[chosen]);

    for (size_t i = chosen + 1; i < end; i++) {
        size_t other = instance_behind(fold, &fold->layout.steps[i]);
        const struct instance *list = fold->layout.instances;

        if (other == NO_LINE || other == instance || !run_fits(fold, run, other))
            continue;
        diag_add(folding->diags, DIAG_NOTE,
                 (struct place){&fold->source, (unsigned)run->first + 1, 1}, 1,
                 "from here on %zu line%s went with the line before, to the block at %s:%u; "
                 "the one at %s:%u could have them as well",
                 run->count, run->count == 1 ? "" : "s", list[instance].part->chapter->source.path,
                 list[instance].part->block->line, list[other].part->chapter->source.path,
                 list[other].part->block->line);
        return;
    }
}

static void choose_all(struct folding *folding)
{
    const struct fold *fold = folding->fold;
    size_t begin = 0, gap = 0;

    folding->chosen = arena_array(folding->arena, fold->ours.count + 1, sizeof(size_t));
    for (size_t i = 0; i <= fold->layout.step_count; i++) {
        if (i < fold->layout.step_count && !step_is_line(&fold->layout.steps[i]))
            continue;
        folding->chosen[gap] = NO_LINE;
        if (fold->merge.gap[gap].count > 0) {
            folding->chosen[gap] = choose(fold, &fold->merge.gap[gap], begin, i);
            mention_border(folding, &fold->merge.gap[gap], folding->chosen[gap], i);
        }
        begin = i;
        gap++;
    }
}

/* The walk --------------------------------------------------------------------- */

static void refuse_banner(struct folding *folding, size_t line, size_t fate)
{
    size_t at = fate != LINE_GONE ? fate : line < folding->fold->theirs.count ? line : 0;

    blame(folding, at, (struct place){0},
          "heddle writes the line that was here above the file; the front matter's banner says it",
          NULL);
}

static void walk_line(struct folding *folding, const struct step *step, size_t line)
{
    struct fold *fold = folding->fold;
    size_t fate = fold->merge.fate[line];

    if (step->kind == STEP_BANNER && fate != LINE_KEPT)
        refuse_banner(folding, line, fate);
    else if (step->kind == STEP_BANNER)
        expect_line(folding, fold->ours.list[line], NO_LINE);
    else if (fate == LINE_KEPT)
        push_old(folding, step, line);
    else if (fate != LINE_GONE)
        push_new(folding, step->instance, fate, step->escaped);
}

static void walk_gap(struct folding *folding, size_t step, size_t gap)
{
    const struct line_run *run = &folding->fold->merge.gap[gap];
    size_t instance = instance_behind(folding->fold, &folding->fold->layout.steps[step]);

    for (size_t i = 0; i < run->count; i++)
        push_new(folding, instance, run->first + i, false);
}

static void walk(struct folding *folding)
{
    const struct layout *layout = &folding->fold->layout;
    size_t line = 0;

    for (size_t i = 0; i < layout->step_count; i++) {
        const struct step *step = &layout->steps[i];

        if (step->kind == STEP_ENTER && step->edge && layout->instances[step->instance].use != NULL)
            push_use(folding, step);
        if (step_is_line(step))
            walk_line(folding, step, line++);
        if (folding->chosen[line] == i)
            walk_gap(folding, i, line);
    }
}

/* What came of it ---------------------------------------------------------------- */

static void add_old_line(struct buf *out, const struct code_line *line)
{
    buf_fill(out, ' ', line->pad);
    buf_add(out, code_line_span(line));
}

/* A line that was edited back, or moved together with its block, is no change. */
static bool is_changed(const struct folded *folded, const struct block *block)
{
    struct buf old = {0}, now = {0};
    bool changed;

    for (unsigned i = 0; i < block->line_count; i++) {
        add_old_line(&old, &block->lines[i]);
        buf_addc(&old, '\n');
    }
    folded_text(folded, block, &now);
    changed = !span_equal(buf_span(&old), buf_span(&now));
    buf_free(&old);
    buf_free(&now);
    return changed;
}

static void find_changes(struct fold *fold)
{
    for (size_t i = 0; i < fold->layout.instance_count; i++)
        fold->blocks[i].changed =
            is_changed(&fold->blocks[i], fold->layout.instances[i].part->block);
}

void folded_escape(struct buf *out, struct span text)
{
    size_t blanks = 0;

    while (blanks < text.len && is_blank(text.ptr[blanks]))
        blanks++;
    buf_add(out, (struct span){text.ptr, blanks});
    buf_addc(out, '\\');
    buf_add(out, span_skip(text, blanks));
}

void folded_text(const struct folded *folded, const struct block *block, struct buf *out)
{
    for (size_t i = 0; i < folded->count; i++) {
        const struct folded_line *line = &folded->list[i];

        if (!line->is_new)
            add_old_line(out, &block->lines[line->old]);
        else if (line->is_text)
            folded_escape(out, line->text);
        else
            buf_add(out, line->text);
        buf_addc(out, '\n');
    }
}

static void report_conflict(struct folding *folding)
{
    struct fold *fold = folding->fold;
    size_t code_line = fold->merge.their_part.first, line = fold->merge.our_part.first;
    const struct step *step = NULL;

    for (size_t i = 0; i < fold->layout.step_count && line != NO_LINE; i++)
        if (step_is_line(&fold->layout.steps[i])) {
            step = &fold->layout.steps[i];
            line = line == 0 ? NO_LINE : line - 1;
        }
    if (code_line >= fold->theirs.count && code_line > 0)
        code_line--;
    blame(folding, code_line,
          step != NULL ? place_of(fold->layout.instances[step->instance].part, step->index)
                       : target_place(fold->edit->target),
          "this was edited here, and in the chapter since heddle wrote it; make them agree by hand",
          "the chapter says this now");
}

static void begin(struct folding *folding, const struct stitch_edit *edit)
{
    struct fold *fold = folding->fold;
    struct buf ours = {0};
    struct lines base = lines_read(folding->arena, edit->base);

    *fold = (struct fold){.edit = edit};
    source_init(&fold->source, folding->arena, edit->path, edit->text);
    layout_make(&fold->layout, folding->arena, edit->target);
    tangle_clean(edit->target, &ours);
    fold->ours = lines_read(folding->arena, buf_take(&ours, folding->arena));
    fold->theirs = lines_read(folding->arena, edit->text);
    merge_make(&fold->merge, folding->arena, &base, &fold->ours, &fold->theirs);
    fold->blocks = arena_array(folding->arena, fold->layout.instance_count, sizeof *fold->blocks);
    for (size_t i = 0; i < fold->layout.instance_count; i++)
        fold->blocks[i].code_line = NO_LINE;
}

bool fold_make(struct fold *fold, struct arena *arena, const struct web *web,
               const struct stitch_edit *edit, bool as_text, struct diags *diags)
{
    struct folding folding = {fold, arena, web, diags, as_text, NULL};
    size_t errors = diags->errors;

    begin(&folding, edit);
    if (fold->merge.conflict) {
        report_conflict(&folding);
        return false;
    }
    fold->indents = indent_find(fold, arena);
    choose_all(&folding);
    walk(&folding);
    find_changes(fold);
    return diags->errors == errors;
}
