/*
 * The reader alone, on any bytes: what it hands out points into the chapter;
 * and when it found no fault, blocks stand where they say, in order, and the
 * lines of code are the chapter's.
 */
#include <stdlib.h>

#include "heddle/read/markdown.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool fact)
{
    if (!fact)
        abort();
}

static bool is_inside(const struct source *source, struct span piece)
{
    return piece.len == 0 || (piece.ptr >= source->text.ptr &&
                              piece.ptr + piece.len <= source->text.ptr + source->text.len);
}

static void check_pointers(const struct chapter *chapter, const struct block *block)
{
    /* A talk's "Note:" opens a div whose words are ours. */
    require(block->kind != BLOCK_CODE || is_inside(&chapter->source, block->info));
    for (unsigned i = 0; i < block->line_count; i++)
        require(is_inside(&chapter->source, code_line_span(&block->lines[i])));
    for (size_t i = 0; i < block->attrs.count; i++)
        require(is_inside(&chapter->source, block->attrs.list[i].whole));
}

static void check_code(const struct chapter *chapter, const struct block *block)
{
    require(block->end_line <= chapter->source.line_count);
    require(block->line + block->header + block->line_count <= chapter->source.line_count);
    for (unsigned i = 0; i < block->line_count; i++) {
        struct span code = code_line_span(&block->lines[i]);
        struct span line = source_line(&chapter->source, block_code_line(block, i));

        require(code.len == 0 || code.ptr + code.len == line.ptr + line.len);
    }
}

static void check_order(const struct chapter *chapter)
{
    unsigned line = chapter->body_line, depth = 0;

    for (size_t i = 0; i < chapter->block_count; i++) {
        const struct block *block = &chapter->blocks[i];
        unsigned first = block->line + (block->kind == BLOCK_CODE && !block->fenced);

        require(first >= line && block->line <= block->end_line);
        line = first;
        if (block->kind == BLOCK_CODE)
            check_code(chapter, block);
        else if (block->kind == BLOCK_DIV_OPEN)
            require(block->level == ++depth);
        else if (block->kind == BLOCK_DIV_CLOSE)
            require(block->level == depth--);
        else if (block->kind == BLOCK_HEADING)
            require(block->level >= 1 && block->level <= 6);
    }
}

static void check_diags(const struct diags *diags, const struct chapter *chapter)
{
    struct buf json = {0};

    for (size_t i = 0; i < diags->count; i++) {
        const struct place *place = &diags->list[i].place;

        if (place->source == NULL || place->line == 0) /* about the whole chapter */
            continue;
        require(place->line >= 1 && place->line <= chapter->source.line_count);
        require(place->column >= 1 &&
                place->column <= source_line(&chapter->source, place->line).len + 3);
    }
    diag_print_json(diags, &json);
    require(span_bad_utf8(buf_span(&json)) == json.len);
    buf_free(&json);
}

/* As if the text stood beside itself, and said what separates it. */
static void read_with_settings(struct span text)
{
    struct arena arena = {0};
    struct diags diags = {0};
    struct chapter chapter;
    struct markdown_options options = {0};

    talk_settings_read_page(&options.settings, "index.html", text, span_of("chapter.md"), &arena);
    talk_settings_read_json(&options.settings, "reveal-md.json", text, &arena);
    if (options.settings.file != NULL) {
        markdown_read_as(&chapter, &arena, "chapter.md", text, &options, &diags);
        check_diags(&diags, &chapter);
    }
    diag_free(&diags);
    arena_free(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena = {0};
    struct diags diags = {0};
    struct chapter chapter;
    bool good = markdown_read(&chapter, &arena, "chapter.md",
                              (struct span){(const char *)data, size}, &diags);

    require(good == (diags.errors == 0));
    for (size_t i = 0; i < chapter.block_count; i++)
        check_pointers(&chapter, &chapter.blocks[i]);
    if (good)
        check_order(&chapter);
    check_diags(&diags, &chapter);
    read_with_settings((struct span){(const char *)data, size});
    diag_free(&diags);
    arena_free(&arena);
    return 0;
}
