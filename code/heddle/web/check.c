#include "heddle/web/check.h"

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
    } else if (span_is(block->attrs.language, "output")) {
        if (!is_expected(web, block))
            diag_add(diags, DIAG_ERROR, place, 1, "nothing prints this output; say {of=NAME}");
    } else if (attr_is_c_language(block->attrs.language)) {
        diag_add(diags, DIAG_ERROR, place, 1,
                 "nothing compiles this block; give it a #name or a "
                 "file=, or mark it .fragment, .compile-fail or .no-tangle");
    }
}

static void check_programs(const struct web *web, struct diags *diags)
{
    struct table shown = {0};

    for (size_t i = 0; i < web->snippet_count; i++)
        if (web->snippets[i].program != NULL)
            *table_put(&shown, web->snippets[i].program->path) = web->chapters;
    for (size_t i = 0; i < web->target_count; i++)
        if (web->targets[i]->program && table_get(&shown, web->targets[i]->path) == NULL)
            diag_add(diags, DIAG_ERROR, target_place(web->targets[i]), 1,
                     "no block shows what this program prints; add one: ```output {of=%.*s}",
                     SPAN_ARG(web->targets[i]->name));
    table_free(&shown);
}

void web_check(const struct web *web, struct diags *diags)
{
    for (size_t i = 0; i < web->chapter_count; i++)
        for (size_t j = 0; j < web->chapters[i].block_count; j++)
            check_block(web, &web->chapters[i], &web->chapters[i].blocks[j], diags);
    check_programs(web, diags);
}

static void count_block(struct census *census, const struct web *web, const struct chapter *chapter,
                        const struct block *block)
{
    const struct part *part = web_part(web, chapter, block);

    if (block->kind != BLOCK_CODE || !block->fenced)
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
