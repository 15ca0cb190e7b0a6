#include "heddle/tangle/tangle.h"

#include <stdlib.h>
#include <string.h>

#include "heddle/base/array.h"

/* A chunk being expanded: its current part and line, and where the indent
 * ended before its reference added to it. */
struct frame {
    const struct part *part;
    unsigned line;
    size_t use;
    size_t indent_len;
};

enum style { CLEAN, ANNOTATED, ORIGINS };

/*
 * Expansion keeps its own stack, for chunks nest as deep as chapters like.
 * `chapter` and `next_line` say which line a compiler expects next; when the
 * line that comes is another, a #line goes before it. `banner` is what stands
 * above the file's first line, until it has been written.
 */
struct expansion {
    enum style style;
    struct buf *out;
    struct buf indent;
    struct frame *frames;
    size_t depth, cap;
    const struct chapter *chapter;
    unsigned next_line;
    const struct target *target;
    struct span banner;
    struct origin *origins;
    size_t origin_count, origin_cap;
};

static void push(struct expansion *expansion, const struct part *part, size_t indent_len)
{
    *ARRAY_PUSH(expansion->frames, expansion->depth, expansion->cap) =
        (struct frame){part, 0, 0, indent_len};
}

/* Clean: the indentation of all references around it, but never on an empty
 * line, where it would be trailing blanks. */
static void add_clean(struct expansion *expansion, const struct code_line *line, struct span text)
{
    if (text.len + line->pad > 0) {
        buf_add(expansion->out, buf_span(&expansion->indent));
        buf_fill(expansion->out, ' ', line->pad);
        buf_add(expansion->out, text);
    }
    buf_addc(expansion->out, '\n');
}

static void add_directive(struct buf *out, const struct source *source, unsigned line)
{
    buf_addf(out, "#line %u \"", line);
    for (const char *c = source->path; *c != '\0'; c++) {
        if (*c == '"' || *c == '\\')
            buf_addc(out, '\\');
        buf_addc(out, *c);
    }
    buf_adds(out, "\"\n");
}

/* Annotated: blanks for whatever stands before the text in the chapter (list
 * and quote marks too), tabs kept, so that the column is the chapter's. */
static void add_annotated(struct expansion *expansion, const struct part *part, unsigned number,
                          struct span text)
{
    const struct source *source = &part->chapter->source;

    if (part->chapter != expansion->chapter || number != expansion->next_line)
        add_directive(expansion->out, source, number);
    expansion->chapter = part->chapter;
    expansion->next_line = number + 1;
    if (text.len > 0) {
        buf_reserve(expansion->out, (size_t)(text.ptr - source->line_starts[number - 1]));
        for (const char *c = source->line_starts[number - 1]; c < text.ptr; c++)
            expansion->out->ptr[expansion->out->len++] = *c == '\t' ? '\t' : ' ';
        buf_add(expansion->out, text);
    }
    buf_addc(expansion->out, '\n');
}

static void add_origin(struct expansion *expansion, const struct part *part, unsigned number)
{
    *ARRAY_PUSH(expansion->origins, expansion->origin_count, expansion->origin_cap) =
        (struct origin){part, number};
}

/* Its lines come from where the file begins: the fence of its first block. */
static void add_banner(struct expansion *expansion)
{
    const struct part *part = expansion->target->chunk->first;
    struct span line;

    if (expansion->style != ORIGINS)
        buf_add(expansion->out, expansion->banner);
    else
        while (span_line(&expansion->banner, &line))
            add_origin(expansion, part, part->block->line);
    expansion->banner.len = 0;
    expansion->chapter = NULL; /* the next line wants its #line again */
}

/* A first line "#!" names the interpreter, and only there: see execve(2). */
static void add_line(struct expansion *expansion, const struct part *part,
                     const struct code_line *line, struct span text)
{
    unsigned number = block_code_line(part->block, (size_t)(line - part->block->lines));

    if (expansion->banner.len > 0 && !span_starts(text, "#!"))
        add_banner(expansion);
    if (expansion->style == CLEAN)
        add_clean(expansion, line, text);
    else if (expansion->style == ANNOTATED)
        add_annotated(expansion, part, number, text);
    else
        add_origin(expansion, part, number);
    if (expansion->banner.len > 0)
        add_banner(expansion);
}

/* \<<name>>: the line without its backslash. */
static void add_escaped(struct expansion *expansion, const struct part *part,
                        const struct code_line *line, const struct use *use)
{
    struct span text = span_between(use->name.ptr - 2, line->ptr + line->len);

    if (expansion->style != CLEAN) {
        add_line(expansion, part, line, text);
        return;
    }
    if (expansion->banner.len > 0)
        add_banner(expansion);
    buf_add(expansion->out, buf_span(&expansion->indent));
    buf_fill(expansion->out, ' ', line->pad);
    buf_add(expansion->out, use->indent);
    buf_add(expansion->out, text);
    buf_addc(expansion->out, '\n');
}

static void enter(struct expansion *expansion, const struct code_line *line, const struct use *use)
{
    size_t before = expansion->indent.len;

    if (use->chunk == NULL)
        return;
    if (expansion->style == CLEAN) {
        buf_fill(&expansion->indent, ' ', line->pad);
        buf_add(&expansion->indent, use->indent);
    }
    push(expansion, use->chunk->first, before);
}

/* The lines up to the next use, then that use; out of the part at its end. */
static void step(struct expansion *expansion, bool alone)
{
    struct frame *frame = &expansion->frames[expansion->depth - 1];
    const struct part *part = frame->part;
    const struct use *use = frame->use < part->use_count ? &part->uses[frame->use] : NULL;
    unsigned end = use != NULL ? use->index : part->block->line_count;

    while (frame->line < end) {
        const struct code_line *line = &part->block->lines[frame->line++];

        add_line(expansion, part, line, code_line_span(line));
    }
    if (use != NULL) {
        const struct code_line *line = &part->block->lines[frame->line++];

        frame->use++;
        if (use->escaped)
            add_escaped(expansion, part, line, use);
        else
            enter(expansion, line, use);
    } else if (part->next != NULL && !alone) {
        *frame = (struct frame){part->next, 0, 0, frame->indent_len};
    } else {
        expansion->indent.len = frame->indent_len;
        expansion->depth--;
    }
}

/* `alone`: the first part without what continues its chunk. */
static void expand(struct expansion *expansion, const struct part *part, bool alone)
{
    push(expansion, part, 0);
    while (expansion->depth > 0)
        step(expansion, alone && expansion->depth == 1);
    if (expansion->banner.len > 0)
        add_banner(expansion);
    free(expansion->frames);
    buf_free(&expansion->indent);
}

static void expand_target(struct expansion *expansion, const struct target *target)
{
    expansion->target = target;
    expansion->banner = target->banner;
    expand(expansion, target->chunk->first, false);
}

void tangle_clean(const struct target *target, struct buf *out)
{
    struct expansion expansion = {.style = CLEAN, .out = out};

    expand_target(&expansion, target);
}

void tangle_annotated(const struct target *target, struct buf *out)
{
    struct expansion expansion = {.style = target->c ? ANNOTATED : CLEAN, .out = out};

    expand_target(&expansion, target);
}

struct origin *tangle_origins(const struct target *target, size_t *line_count)
{
    struct expansion expansion = {.style = ORIGINS};

    expand_target(&expansion, target);
    *line_count = expansion.origin_count;
    return expansion.origins;
}

void tangle_part(const struct part *part, struct buf *out)
{
    struct expansion expansion = {.style = ANNOTATED, .out = out};

    expand(&expansion, part, true);
}
