#include "rewrite.h"

#include <ctype.h>
#include <string.h>

/* Longer than any author's, so that no fence of theirs ends one of ours. */
#define COLUMN_FENCE "::::::::::::::::::::::::::::::::::::::::"
#define SLIDE_FENCE "::::::::::::::::::::::::::::::"

struct writer {
    const struct outline *outline;
    struct buf *out;
    unsigned notes;             /* depth of the notes around this place; 0: none */
};

/* The heading's own classes and keys, and the size of its code. */
static void add_slide_fence(struct writer *writer, const struct slide *slide)
{
    const struct attrs *attrs = &slide->attrs;
    struct buf *out = writer->out;

    buf_addf(out, "%s {.section .slide #%.*s", SLIDE_FENCE, SPAN_ARG(slide->id));
    if (attrs->language.len > 0)        /* its first class */
        buf_addf(out, " .%.*s", SPAN_ARG(attrs->language));
    for (size_t i = 0; i < attrs->count; i++)
        if (attrs->list[i].kind != ATTR_ID)
            buf_addf(out, " %.*s", SPAN_ARG(attrs->list[i].whole));
    if (outline_slide_has(slide, "book"))
        buf_adds(out, " data-visibility=\"hidden\"");
    if (slide->code_tenths > 0)
        buf_addf(out, " style=\"--code:%u.%upx\"", slide->code_tenths / 10,
                 slide->code_tenths % 10);
    buf_adds(out, "}\n\n");
}

static void add_heading(struct writer *writer, const struct slide *slide)
{
    if (slide->heading == NULL)
        return;
    buf_fill(writer->out, '#', slide->heading->level);
    buf_addc(writer->out, ' ');
    for (size_t i = 0; i < slide->title.len; i++)
        buf_addc(writer->out, strchr("\r\n", slide->title.ptr[i]) != NULL ? ' '
                                                                          : slide->title.ptr[i]);
    buf_adds(writer->out, "\n\n");
}

static bool is_word(struct span text)
{
    for (size_t i = 0; i < text.len; i++)
        if (!isalnum((unsigned char)text.ptr[i]) && text.ptr[i] != '-' && text.ptr[i] != '_')
            return false;
    return text.len > 0;
}

/* What pandoc colours; what a program printed has no colours. */
static struct span colours_of(const struct block *block)
{
    struct span language = block->attrs.language;

    if (span_is(language, "c++") || span_is(language, "h"))
        return span_of(language.len == 1 ? "c" : "cpp");
    return is_word(language) && !outline_is_output(block) ? language : (struct span){ 0 };
}

static void add_fence(struct writer *writer, const struct block *block)
{
    const struct chapter *chapter = writer->outline->chapter;
    struct span line = source_line(&chapter->source, block->line), language = colours_of(block);
    size_t before = (size_t)(block->info.ptr - line.ptr);

    if (block->info.len == 0)
        before = span_trim(line).len + (size_t)(span_trim(line).ptr - line.ptr);
    buf_add(writer->out, (struct span){ line.ptr, before });
    buf_addf(writer->out, " {#listing-%zu", (size_t)(block - chapter->blocks));
    if (language.len > 0)
        buf_addf(writer->out, " .%.*s", SPAN_ARG(language));
    buf_adds(writer->out, "}\n");
}

static void add_raw(struct writer *writer, const char *html)
{
    buf_addf(writer->out, "\n```{=html}\n%s\n```\n\n", html);
}

static void add_line(struct writer *writer, unsigned line)
{
    buf_add(writer->out, source_line(&writer->outline->chapter->source, line));
    buf_addc(writer->out, '\n');
}

/* The speaker window copies what is inside the aside. So the div stays, with
 * its language, and the aside goes round it. */
static void add_div(struct writer *writer, const struct block *block)
{
    bool opens = writer->notes == 0 && block->kind == BLOCK_DIV_OPEN && outline_div_is(block, "notes");
    bool closes = block->kind == BLOCK_DIV_CLOSE && block->level == writer->notes;

    if (opens) {
        writer->notes = block->level;
        add_raw(writer, "<aside class=\"notes\">");
    }
    add_line(writer, block->line);
    if (closes) {
        writer->notes = 0;
        add_raw(writer, "</aside>");
    }
}

static void add_body(struct writer *writer, const struct slide *slide)
{
    const struct chapter *chapter = writer->outline->chapter;
    unsigned line = slide->body;

    for (size_t i = slide->first_block;
         i < chapter->block_count && chapter->blocks[i].line < slide->end; i++) {
        const struct block *block = &chapter->blocks[i];

        while (line < block->line)
            add_line(writer, line++);
        if (block->kind == BLOCK_DIV_OPEN || block->kind == BLOCK_DIV_CLOSE)
            add_div(writer, block);
        else if (outline_is_listing(block))
            add_fence(writer, block);
        else
            continue;
        line++;
        while (line <= block->end_line)
            add_line(writer, line++);
    }
    while (line < slide->end)
        add_line(writer, line++);
}

void rewrite_chapter(const struct outline *outline, struct buf *out)
{
    struct writer writer = { .outline = outline, .out = out };

    for (size_t i = 0; i < outline->count; i++) {
        const struct slide *slide = &outline->slides[i];

        if (slide->column)
            buf_addf(out, "%s%s {.section .topic}\n\n", i > 0 ? COLUMN_FENCE "\n\n" : "",
                     COLUMN_FENCE);
        add_slide_fence(&writer, slide);
        add_heading(&writer, slide);
        add_body(&writer, slide);
        buf_adds(out, "\n" SLIDE_FENCE "\n\n");
    }
    if (outline->count > 0)
        buf_adds(out, COLUMN_FENCE "\n");
}
