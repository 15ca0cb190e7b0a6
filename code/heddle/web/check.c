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
