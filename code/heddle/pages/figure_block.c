#include "heddle/pages/figure_block.h"

#include "heddle/base/escape.h"
#include "heddle/figures/draw.h"
#include "heddle/pages/ids.h"

static const struct snippet *snippet_of(const struct web *web, const struct block *block)
{
    for (size_t i = 0; i < web->snippet_count; i++)
        if (web->snippets[i].part->block == block)
            return &web->snippets[i];
    return NULL;
}

static const char *how(const struct figure *figure)
{
    static const char *const words[] = {
        "printed by",  "printed by", "the deadlock of", "printed by",
        "measured by", "seen of",    "printed by",      "seen of",
    };

    return words[figure->kind];
}

static void add_caption(const struct figure *figure, struct piece *out)
{
    const struct target *program = figure->snippet->program;

    buf_addf(&out->html, "<figcaption>%s ", how(figure));
    ids_add_link(out, program->part->chunk->name, ids_part_number(program->part));
    escape_html(&out->html, program->name);
    buf_adds(&out->html, "</a>");
    if (figure->made.len > 0) {
        buf_adds(&out->html, " \xc2\xb7 ");
        escape_html(&out->html, figure->made);
    }
    if (figure->fault != NULL)
        buf_addf(&out->html, " \xc2\xb7 <b>old: it %s</b>", figure->fault);
    buf_adds(&out->html, "</figcaption>");
}

/* A phone is narrow, and a slide is wide: each has a drawing of its own. */
static void add_drawings(const struct figure *figure, unsigned slide_width, struct piece *out)
{
    if (slide_width == 0) {
        draw_figure(figure, DRAW_WIDTH, "fig", &out->html);
        return;
    }
    piece_mark_book(out, true);
    draw_figure(figure, DRAW_WIDTH, "fig narrow", &out->html);
    piece_mark_book(out, false);
    piece_mark_deck(out, true);
    draw_figure(figure, slide_width, "fig wide", &out->html);
    piece_mark_deck(out, false);
}

void figure_block_add(const struct listings *listings, const struct chapter *chapter,
                      const struct block *block, unsigned slide_width, struct piece *out)
{
    const struct web *web = listings->web;
    const struct snippet *snippet = snippet_of(web, block);
    struct arena arena = {0};
    struct diags ignored = {0};
    struct figure figure;

    if (snippet != NULL && figure_read(&figure, &arena, web, snippet, &ignored)) {
        buf_adds(&out->html, "<figure class=\"figure\"");
        listing_add_at(listings, chapter, block->line, &out->html);
        buf_addc(&out->html, '>');
        add_drawings(&figure, slide_width, out);
        add_caption(&figure, out);
        buf_adds(&out->html, "</figure>");
    }
    diag_free(&ignored);
    arena_free(&arena);
}

static void measure(const struct web *web, const struct block *block,
                    struct figure_heights *heights, struct diags *diags)
{
    const struct snippet *snippet = snippet_of(web, block);
    struct arena arena = {0};
    struct figure figure;
    struct buf drawn = {0};

    if (snippet != NULL && figure_read(&figure, &arena, web, snippet, diags))
        for (size_t i = 0; i < FIGURE_WIDTHS; i++)
            heights->units[i] = draw_figure(&figure, figure_widths[i], "", &drawn);
    buf_free(&drawn);
    arena_free(&arena);
}

const struct figure_heights *figure_block_heights(const struct web *web,
                                                  const struct chapter *chapter,
                                                  struct arena *arena, struct diags *diags)
{
    struct figure_heights *heights = NULL;

    for (size_t i = 0; i < chapter->block_count; i++) {
        if (!outline_is_figure(&chapter->blocks[i]))
            continue;
        if (heights == NULL)
            heights = arena_array(arena, chapter->block_count, sizeof *heights);
        measure(web, &chapter->blocks[i], &heights[i], diags);
    }
    return heights;
}
