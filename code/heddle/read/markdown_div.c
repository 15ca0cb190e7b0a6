#include "heddle/base/array.h"
#include "heddle/read/reader.h"

enum { NOTES_COLONS = 20 /* more than anybody writes */ };

static void push_div(struct reader *reader, size_t colons, const struct block *opening)
{
    *ARRAY_PUSH(reader->divs, reader->div_count, reader->div_cap) =
        (struct open_div){colons, opening->edge != NULL ? 0 : reader->containers, opening->line,
                          opening->edge != NULL};
}

/* It ends with what holds it, and nobody wrote so. */
static void end_div(struct reader *reader, unsigned line)
{
    const struct open_div *div = &reader->divs[reader->div_count - 1];
    const struct source *source = &reader->chapter->source;
    struct span text = span_trim(reader_line(reader, div->line));
    struct block *block = reader_add(reader, BLOCK_DIV_CLOSE, line);

    if (!div->edge)
        diag_add(reader->diags, DIAG_WARNING, source_place(source, text.ptr),
                 (unsigned)span_width(text), "this ::: is never closed; end it with a line :::");
    block->implied = true;
    block->nested = div->containers > 0;
    block->level = (unsigned)reader->div_count--;
}

void div_end_all(struct reader *reader, unsigned line)
{
    if (reader->block_count > 0 && reader->blocks[reader->block_count - 1].end_line > line)
        line = reader->blocks[reader->block_count - 1].end_line;
    while (reader->div_count > 0 && !reader->divs[reader->div_count - 1].edge)
        end_div(reader, line);
}

void div_end_container(struct reader *reader)
{
    reader->containers--;
    while (reader->div_count > 0 &&
           reader->divs[reader->div_count - 1].containers > reader->containers)
        end_div(reader, reader->blocks[reader->block_count - 1].end_line);
}

void div_add_edges(struct reader *reader, unsigned line)
{
    for (; reader->edge < reader->notes.count; reader->edge++) {
        const struct hackmd_edge *edge = &reader->notes.edges[reader->edge];
        struct block *block;

        if (edge->line > line)
            return;
        if (!edge->opens)
            div_end_all(reader, edge->line - 1);
        block = reader_add(reader, edge->opens ? BLOCK_DIV_OPEN : BLOCK_DIV_CLOSE, edge->line);
        block->nested = false;
        block->edge = edge;
        block->info = span_of(edge->opens ? "notes" : "");
        if (edge->opens)
            push_div(reader, NOTES_COLONS, block);
        block->level = (unsigned)(edge->opens ? reader->div_count : reader->div_count--);
    }
}

/* To pandoc a line closes the innermost div, unless that has more colons. */
static bool closes_div(const struct reader *reader, const struct fenced_div *div)
{
    const struct open_div *last =
        reader->div_count > 0 ? &reader->divs[reader->div_count - 1] : NULL;

    return last != NULL && !last->edge && div->colons >= last->colons;
}

void div_take(struct reader *reader, unsigned line, const struct fenced_div *div)
{
    bool opens = div->info.len > 0;
    struct block *block;

    if (!opens && !closes_div(reader, div)) {
        diag_add(reader->diags, DIAG_WARNING, source_place(&reader->chapter->source, div->mark.ptr),
                 (unsigned)div->colons,
                 reader->div_count > 0 && !reader->divs[reader->div_count - 1].edge
                     ? "this ::: closes nothing: the one that is open has more colons"
                     : "this ::: closes nothing");
        return;
    }
    block = reader_add(reader, opens ? BLOCK_DIV_OPEN : BLOCK_DIV_CLOSE, line);
    block->info = div->info;
    if (opens)
        push_div(reader, div->colons, block);
    block->level = (unsigned)(opens ? reader->div_count : reader->div_count--);
}
