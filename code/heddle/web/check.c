#include "heddle/web/check.h"

#include "heddle/web/baseline.h"

enum { MANY = 20 }; /* equal messages, behind which a way out is named */

static bool is_expected(const struct web *web, const struct block *block)
{
    for (size_t i = 0; i < web->snippet_count; i++)
        if (web->snippets[i].expected == block)
            return true;
    return false;
}

static void check_block(const struct web *web, const struct chapter *chapter,
                        const struct block *block, struct diags *diags)
{
    struct place place = {&chapter->source, block->line, 1};

    if (block->kind != BLOCK_CODE || !block->fenced || web_part(web, chapter, block) != NULL ||
        attr_has_class(&block->attrs, "no-tangle"))
        return;
    if (span_is(block->attrs.language, "outcomes")) {
        diag_add(diags, DIAG_ERROR, place, 1, "these are the outcomes of nothing; say {of=NAME}");
    } else if (span_is(block->attrs.language, "figure") && block->attrs.braces) {
        diag_add(diags, DIAG_ERROR, place, 1, "this figure is drawn from nothing; say {of=NAME}");
    } else if (span_is(block->attrs.language, "output")) {
        if (!is_expected(web, block))
            diag_add(diags, DIAG_ERROR, place, 1, "nothing prints this output; say {of=NAME}");
    } else if (attr_is_c_language(block->attrs.language)) {
        diag_add(diags, DIAG_ERROR, place, 1,
                 "nothing compiles this block; give it a #name or a "
                 "file=, or mark it .fragment, .compile-fail or .no-tangle");
    }
}

/* What is asked of a run is read where that is shown, and nowhere else. */
static void check_keys(const struct chapter *chapter, const struct block *block,
                       struct diags *diags)
{
    static const char *const keys[] = {"status", "signal", "stream",  "order",  "args",
                                       "stdin",  "env",    "timeout", "newline"};
    const struct attrs *attrs = &block->attrs;

    if (block->kind != BLOCK_CODE || !attr_has_class(attrs, "program"))
        return;
    for (size_t i = 0; i < attrs->count; i++)
        for (size_t k = 0; attrs->list[i].kind == ATTR_KEY && k < sizeof keys / sizeof *keys; k++)
            if (span_is(attrs->list[i].key, keys[k]))
                diag_add(diags, DIAG_WARNING,
                         source_place(&chapter->source, attrs->list[i].whole.ptr),
                         (unsigned)span_width(attrs->list[i].whole),
                         "%s= says nothing here; it belongs to the block that shows the run: "
                         "```output {of=NAME %.*s}",
                         keys[k], SPAN_ARG(attrs->list[i].whole));
}

/* Calls `tell` for each program that no block shows. */
static void each_unshown(const struct web *web, void (*tell)(const struct target *, void *context),
                         void *context)
{
    struct table shown = {0};

    for (size_t i = 0; i < web->snippet_count; i++)
        if (web->snippets[i].program != NULL)
            *table_put(&shown, web->snippets[i].program->path) = web->chapters;
    for (size_t i = 0; i < web->target_count; i++)
        if (web->targets[i]->program && table_get(&shown, web->targets[i]->path) == NULL)
            tell(web->targets[i], context);
    table_free(&shown);
}

static void report_unshown(const struct target *target, void *diags)
{
    diag_add(diags, DIAG_ERROR, target_place(target), 1,
             "no block shows what this program prints; add one: ```output {of=%.*s}",
             SPAN_ARG(target->name));
}

static void check_reasons(const struct web *web, struct diags *diags)
{
    for (size_t i = 0; i < web->snippet_count; i++) {
        const struct snippet *snippet = &web->snippets[i];

        if (snippet->kind == SNIPPET_COMPILE_FAIL &&
            (snippet->expected == NULL || snippet->expected->line_count == 0))
            diag_error_at(diags, &snippet->part->chapter->source, snippet->part->block->info,
                          "no output block behind this one says why it must not compile; "
                          "heddle test proposes one");
    }
}

/* All of them when there are more than were known: which are new, nobody knows. */
static bool check_chapter(const struct web *web, const struct chapter *chapter, unsigned long known,
                          struct buf *now, struct diags *diags)
{
    struct diags own = {0};
    bool within;

    for (size_t i = 0; i < chapter->block_count; i++) {
        check_block(web, chapter, &chapter->blocks[i], &own);
        check_keys(chapter, &chapter->blocks[i], diags);
    }
    baseline_add(now, chapter->source.path, own.errors);
    within = own.errors <= known;
    if (own.errors > known && known > 0)
        diag_add(diags, DIAG_ERROR, own.list[0].place, 1,
                 "this chapter has %zu such blocks, and " BASELINE_FILE " knows of %lu", own.errors,
                 known);
    if (own.errors > known)
        diag_append(diags, &own);
    else if (own.errors < known)
        diag_note(diags,
                  "%s has fewer blocks that nobody looks at, %zu and not %lu: "
                  "heddle check --baseline keeps it so",
                  chapter->source.path, own.errors, known);
    diag_free(&own);
    return within;
}

/* A book that was not written for heddle has hundreds of them. */
static void propose(size_t errors, struct diags *diags)
{
    if (errors > MANY)
        diag_note(
            diags,
            "%zu blocks are so; \"c: .fragment\" or \"c: .no-tangle\" in a front matter speaks "
            "for a chapter's C, \"book-c:\" for the book's, and heddle check --baseline "
            "begins with what there is",
            errors);
}

bool web_check(const struct web *web, struct span baseline, struct buf *now, struct diags *diags)
{
    size_t errors = diags->errors;
    bool within = true;

    for (size_t i = 0; i < web->chapter_count; i++)
        within &=
            check_chapter(web, &web->chapters[i],
                          baseline_allows(baseline, web->chapters[i].source.path), now, diags);
    propose(diags->errors - errors, diags);
    each_unshown(web, report_unshown, diags);
    check_reasons(web, diags);
    return within;
}

/* What was passed over, and how often. */
struct untested {
    const struct target *program;
    struct place output;
    size_t programs, outputs;
};

static void take_unshown(const struct target *target, void *context)
{
    struct untested *untested = context;

    if (untested->programs++ == 0)
        untested->program = target;
}

static void take_unread(struct untested *untested, const struct web *web,
                        const struct chapter *chapter, const struct block *block)
{
    if (block->kind != BLOCK_CODE || !block->fenced || !span_is(block->attrs.language, "output") ||
        web_part(web, chapter, block) != NULL || attr_has_class(&block->attrs, "no-tangle") ||
        is_expected(web, block))
        return;
    if (untested->outputs++ == 0)
        untested->output = (struct place){&chapter->source, block->line, 1};
}

static void add_others(struct buf *text, size_t count)
{
    if (count > 1)
        buf_addf(text, "; %zu more are like it: heddle check names all", count - 1);
}

void web_warn_untested(const struct web *web, struct diags *diags)
{
    struct untested untested = {0};
    struct buf text = {0};

    each_unshown(web, take_unshown, &untested);
    for (size_t i = 0; i < web->chapter_count; i++)
        for (size_t j = 0; j < web->chapters[i].block_count; j++)
            take_unread(&untested, web, &web->chapters[i], &web->chapters[i].blocks[j]);
    if (untested.programs > 0) {
        add_others(&text, untested.programs);
        diag_add(diags, DIAG_WARNING, target_place(untested.program), 1,
                 "no block shows what this program prints, so it is not tested; add one: "
                 "```output {of=%.*s}%s",
                 SPAN_ARG(untested.program->name), buf_string(&text));
    }
    text.len = 0;
    if (untested.outputs > 0) {
        add_others(&text, untested.outputs);
        diag_add(diags, DIAG_WARNING, untested.output, 1,
                 "nothing prints this output, so it is not tested; say {of=NAME}%s",
                 buf_string(&text));
    }
    buf_free(&text);
}

/* Indented code with a fence in it is named, and counted, as what is not read. */
static bool holds_fence(const struct block *block)
{
    for (unsigned i = 0; i < block->line_count; i++) {
        struct span text = span_trim(code_line_span(&block->lines[i]));

        if (span_starts(text, "```") || span_starts(text, "~~~"))
            return true;
    }
    return false;
}

static void count_block(struct census *census, const struct web *web, const struct chapter *chapter,
                        const struct block *block)
{
    const struct part *part = web_part(web, chapter, block);

    if (block->kind != BLOCK_CODE || (!block->fenced && holds_fence(block)))
        return;
    if (part != NULL && part->chunk != NULL)
        census->tangled++;
    else if (part != NULL)
        census->tested++;
    else
        census->shown++;
}

struct census web_count(const struct web *web)
{
    struct census census = {0};

    if (web->parts == NULL) /* a chapter could not be read */
        return census;
    for (size_t i = 0; i < web->chapter_count; i++) {
        const struct chapter *chapter = &web->chapters[i];

        for (size_t j = 0; j < chapter->block_count; j++)
            count_block(&census, web, chapter, &chapter->blocks[j]);
        if (chapter->unread_count > 0 && census.unread == 0)
            census.first_unread = (struct place){&chapter->source, chapter->unread_line, 1};
        census.unread += chapter->unread_count;
    }
    for (size_t i = 0; i < web->snippet_count; i++)
        if (web->snippets[i].expected != NULL) { /* an output that is no part */
            census.tested++;
            census.shown--;
        }
    return census;
}

void census_print(const struct census *census, struct buf *out)
{
    buf_addf(out, "%zu block%s tangled, %zu tested, %zu shown only", census->tangled,
             census->tangled == 1 ? "" : "s", census->tested, census->shown);
    if (census->unread > 0)
        buf_addf(out, ", %zu not read: first at %s:%u", census->unread,
                 census->first_unread.source->path, census->first_unread.line);
}
