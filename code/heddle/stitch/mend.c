#include "heddle/stitch/mend.h"

#include <string.h>

enum { FENCE_INDENT = 3 }; /* CommonMark 0.30, section 4.5: beyond, it is no fence */

/* The chapter's line `number` with its end. */
static struct span whole_line(const struct source *source, unsigned number)
{
    return span_between(source->line_starts[number - 1], source->line_starts[number]);
}

/* What ends a line of the block: what ends the line of its fence. */
static struct span line_end(const struct source *source, const struct block *block)
{
    struct span line = source_line(source, block->line);

    return span_between(line.ptr + line.len, source->line_starts[block->line]);
}

/* What stands before each line of code: the marks around the block and the
 * fence's indentation. A list's bullet or number stands only at the fence. */
static void add_prefix(struct buf *out, const struct source *source, const struct block *block,
                       bool bare)
{
    struct span line = source_line(source, block->line);
    size_t begin = out->len;

    for (size_t i = 0; i < line.len && line.ptr[i] != block->fence_char; i++)
        buf_addc(out, line.ptr[i] == '>' || line.ptr[i] == '\t' ? line.ptr[i] : ' ');
    while (bare && out->len > begin && is_blank(out->ptr[out->len - 1]))
        out->len--;
}

static void add_new_line(struct buf *out, const struct source *source, const struct block *block,
                         const struct folded_line *line, bool as_text)
{
    add_prefix(out, source, block, line->text.len == 0);
    if (line->is_text || (as_text && line->names_chunk))
        folded_escape(out, line->text);
    else
        buf_add(out, line->text);
    buf_add(out, line_end(source, block));
}

/* Fences ---------------------------------------------------------------------- */

/* How many of the fence's signs a line begins with, where a fence may begin. */
static unsigned fence_run(const struct block *block, struct span text)
{
    size_t blanks = 0;
    unsigned run = 0;

    while (blanks < FENCE_INDENT && blanks < text.len && text.ptr[blanks] == ' ')
        blanks++;
    for (; blanks + run < text.len && text.ptr[blanks + run] == block->fence_char; run++)
        ;
    return run;
}

/* By how many signs the fence must grow, so that no new line is one. */
static unsigned fence_growth(const struct block *block, const struct folded *folded)
{
    unsigned longest = 0;

    for (size_t i = 0; i < folded->count; i++) {
        unsigned run = folded->list[i].is_new ? fence_run(block, folded->list[i].text) : 0;

        longest = run > longest ? run : longest;
    }
    return longest >= block->fence_length ? longest + 1 - block->fence_length : 0;
}

static void add_fence(struct buf *out, struct span line, const struct block *block, unsigned growth)
{
    const char *sign = growth > 0 ? memchr(line.ptr, block->fence_char, line.len) : NULL;

    if (sign == NULL) {
        buf_add(out, line);
        return;
    }
    buf_add(out, span_between(line.ptr, sign));
    buf_fill(out, block->fence_char, growth);
    buf_add(out, span_between(sign, line.ptr + line.len));
}

/* The chapter ------------------------------------------------------------------ */

static void add_block(struct buf *out, const struct source *source, const struct block *block,
                      const struct folded *folded, bool as_text)
{
    unsigned growth = fence_growth(block, folded);

    add_fence(out, whole_line(source, block->line), block, growth);
    for (unsigned i = 1; i <= block->header; i++)
        buf_add(out, whole_line(source, block->line + i));
    for (size_t i = 0; i < folded->count; i++) {
        const struct folded_line *line = &folded->list[i];

        if (line->is_new)
            add_new_line(out, source, block, line, as_text);
        else
            buf_add(out, whole_line(source, block_code_line(block, line->old)));
    }
    add_fence(out, whole_line(source, block->end_line), block, growth);
}

void mend_chapter(const struct chapter *chapter, const struct folded *const *blocks, bool as_text,
                  struct buf *out)
{
    const struct source *source = &chapter->source;
    const char *at = source->text.ptr;

    for (size_t i = 0; i < chapter->block_count; i++) {
        const struct block *block = &chapter->blocks[i];

        if (blocks[i] == NULL)
            continue;
        buf_add(out, span_between(at, source->line_starts[block->line - 1]));
        add_block(out, source, block, blocks[i], as_text);
        at = source->line_starts[block->end_line];
    }
    buf_add(out, span_between(at, source->text.ptr + source->text.len));
}
