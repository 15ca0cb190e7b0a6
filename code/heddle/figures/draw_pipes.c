/*
 * Who holds which end of which pipe, as it was while the program ran:
 *
 *     item-52-chain  reads 3  writes 1       the program itself comes first
 *     openssl        reads 1  writes 2
 *
 * A row a chain: from our process through pipes and children back to it. We stand
 * only where we have to do with a pipe. An end that the row does not need is red:
 * somebody forgot to close it. A pipe with one end that nobody has is broken.
 */
#include <math.h>
#include <string.h>

#include "heddle/base/escape.h"
#include "heddle/figures/draw.h"

enum { MOST = 12, MOST_ENDS = 12, ROW = 78, SIDE = 104, PIPE_LEAST = 30, PIPE_MOST = 80 };

struct process {
    struct span name;
    unsigned reads[MOST_ENDS], writes[MOST_ENDS], read_count, write_count;
    bool drawn;
};

struct pipes {
    struct process list[MOST];
    unsigned count;
    double width, pipe; /* of all, and the length of a pipe in this row */
    bool gives, takes;  /* our process: it stands on the left, on the right */
};

static void read_ends(struct span rest, struct process *process)
{
    unsigned *ends = NULL, *count = NULL;

    while ((rest = span_trim(rest)).len > 0) {
        struct span word = rest;
        unsigned long number;

        for (word.len = 0; word.len < rest.len && rest.ptr[word.len] != ' ';)
            word.len++;
        rest = span_skip(rest, word.len);
        if (span_is(word, "reads")) {
            ends = process->reads;
            count = &process->read_count;
        } else if (span_is(word, "writes")) {
            ends = process->writes;
            count = &process->write_count;
        } else if (ends != NULL && *count < MOST_ENDS && span_number(word, 999, &number)) {
            ends[(*count)++] = (unsigned)number;
        }
    }
}

static void read_pipes(struct span data, struct pipes *pipes)
{
    struct span line;

    while (pipes->count < MOST && span_line(&data, &line)) {
        struct process *process = &pipes->list[pipes->count];
        struct span rest = line;

        if (!span_find(&rest, " reads", &process->name)) {
            rest = line;
            if (!span_find(&rest, " writes", &process->name))
                continue;
        }
        process->name = span_trim(process->name);
        read_ends(rest, process);
        pipes->count++;
    }
}

static bool has(const unsigned ends[], unsigned count, unsigned pipe)
{
    for (unsigned i = 0; i < count; i++)
        if (ends[i] == pipe)
            return true;
    return false;
}

static bool has_end(const struct process *process, bool writing, unsigned pipe)
{
    return writing ? has(process->writes, process->write_count, pipe)
                   : has(process->reads, process->read_count, pipe);
}

/* The child that reads what this one writes, or NULL. */
static struct process *next_of(struct pipes *pipes, const struct process *process)
{
    for (unsigned i = 1; i < pipes->count; i++)
        if (&pipes->list[i] != process && !pipes->list[i].drawn && process->write_count > 0 &&
            has_end(&pipes->list[i], false, process->writes[0]))
            return &pipes->list[i];
    return NULL;
}

/* Which of them has such an end; pipes->count: none. */
static unsigned holder_of(const struct pipes *pipes, unsigned pipe, bool writing)
{
    unsigned i = 0;

    while (i < pipes->count && !has_end(&pipes->list[i], writing, pipe))
        i++;
    return i;
}

/* It reads what we write, or what nobody writes any more. */
static bool begins_with_us(const struct pipes *pipes, const struct process *process)
{
    unsigned writer;

    if (process->read_count == 0)
        return false;
    writer = holder_of(pipes, process->reads[0], true);
    return writer == 0 || writer == pipes->count;
}

/* No child reads what it writes. */
static bool ends_with_us(const struct pipes *pipes, const struct process *process)
{
    bool ours = process->write_count > 0;

    for (unsigned i = 1; ours && i < pipes->count; i++)
        ours = !has_end(&pipes->list[i], false, process->writes[0]);
    return ours;
}

static void find_sides(struct pipes *pipes)
{
    for (unsigned i = 1; i < pipes->count; i++) {
        pipes->gives = pipes->gives || begins_with_us(pipes, &pipes->list[i]);
        pipes->takes = pipes->takes || ends_with_us(pipes, &pipes->list[i]);
    }
}

static bool is_fed_by_child(const struct pipes *pipes, const struct process *process)
{
    for (unsigned i = 1; i < pipes->count; i++)
        if (&pipes->list[i] != process && process->read_count > 0 &&
            has_end(&pipes->list[i], true, process->reads[0]))
            return true;
    return false;
}

static void add_arrow(double from, double to, double y, bool dry, struct buf *out)
{
    buf_addf(out, "<path class=\"l\"%s d=\"M%.4g %.4gH%.4gm-9-6l9 6l-9 6\"/>",
             dry ? " stroke-dasharray=\"6 4\"" : "", from, y, to);
}

static void add_child(const struct process *process, unsigned number, double x, double width,
                      double y, struct buf *out)
{
    buf_addf(out, "<path class=\"w%u\" d=\"", number % 4);
    draw_box(out, x, y + 12, width, 46);
    buf_adds(out, "\"/>");
    draw_shape(out, number, x + 16, y + 35);
    draw_text(out, x + 30, y + 42, "", process->name, width - 30);
}

/* A pipe is a line with its number; between children, our copy may be on it too. */
static void add_pipe(const struct pipes *pipes, unsigned pipe, bool between, double x, double y,
                     struct buf *out)
{
    const struct process *us = &pipes->list[0];
    bool ours = between && (has_end(us, false, pipe) || has_end(us, true, pipe));
    bool dry = holder_of(pipes, pipe, true) == pipes->count ||
               holder_of(pipes, pipe, false) == pipes->count;
    struct buf words = {0};

    add_arrow(x, x + pipes->pipe, y + 35, dry, out);
    if (dry)
        draw_text(out, x + (pipes->pipe - draw_width_of(span_of("closed"), DRAW_TEXT_LEAST)) / 2,
                  y + 60, "s", span_of("closed"), PIPE_MOST + 20);
    buf_addf(&words, pipes->pipe < 66 ? "%u" : "pipe %u", pipe);
    draw_text(out, x + (pipes->pipe - draw_width_of(buf_span(&words), DRAW_TEXT_LEAST)) / 2, y + 27,
              "s", buf_span(&words), PIPE_MOST + 20);
    if (ours) {
        buf_addf(out, "<path class=\"l lx\" stroke-dasharray=\"6 4\" d=\"M%.4g %.4gv26\"/>",
                 x + pipes->pipe / 2, y + 37);
        draw_text(out, x + pipes->pipe / 2 - 44, y + 84, "x", span_of("ours, too"), 120);
    }
    buf_free(&words);
}

/* A chain: how many children, and how wide their boxes want to be. */
struct row {
    unsigned length;
    double box;
};

/* Of a copy, for it counts them as drawn. */
static struct row row_of(struct pipes copy, size_t first)
{
    struct row row = {0};

    for (struct process *at = &copy.list[first]; at != NULL; at = next_of(&copy, at)) {
        at->drawn = true;
        row.length++;
        row.box = fmax(row.box, draw_width_of(at->name, DRAW_TEXT) + 42);
    }
    return row;
}

/* Pipes are short where names are long. */
static void add_chain(struct pipes *pipes, struct process *first, struct row row, double y,
                      struct buf *out)
{
    unsigned gaps = row.length - 1 + pipes->gives + pipes->takes;
    double x = pipes->gives ? SIDE : 2, width;
    double room = pipes->width - x - (pipes->takes ? SIDE : 2);

    pipes->pipe = fmin(fmax((room - row.length * row.box) / fmax(gaps, 1), PIPE_LEAST), PIPE_MOST);
    width = (room - gaps * pipes->pipe) / row.length;
    if (begins_with_us(pipes, first))
        add_pipe(pipes, first->reads[0], false, x, y, out);
    x += pipes->gives ? pipes->pipe : 0;
    while (first != NULL) {
        struct process *next;

        first->drawn = true;
        next = next_of(pipes, first);
        add_child(first, (unsigned)(first - pipes->list), x, width, y, out);
        x += width;
        if (next != NULL || ends_with_us(pipes, first))
            add_pipe(pipes, first->writes[0], next != NULL, x, y, out);
        x += pipes->pipe;
        first = next;
    }
}

static void add_sides(const struct pipes *pipes, double height, struct buf *out)
{
    for (unsigned i = 0; i < 2; i++) {
        double x = i == 0 ? 2 : pipes->width - SIDE + 4;

        if (!(i == 0 ? pipes->gives : pipes->takes))
            continue;
        buf_adds(out, "<path class=\"w0\" d=\"");
        draw_box(out, x, 4, SIDE - 8, height - 8);
        buf_adds(out, "\"/>");
        draw_text(out, x + 10, height / 2 - 4, "b", span_of("our"), SIDE);
        draw_text(out, x + 10, height / 2 + 20, "b", span_of("process"), SIDE);
    }
}

unsigned draw_pipes(const struct figure *figure, unsigned width, struct buf *out)
{
    struct pipes pipes = {.width = width};
    unsigned rows = 0;

    read_pipes(figure->data, &pipes);
    find_sides(&pipes);
    for (unsigned i = 1; i < pipes.count; i++) {
        if (pipes.list[i].drawn || is_fed_by_child(&pipes, &pipes.list[i]))
            continue;
        add_chain(&pipes, &pipes.list[i], row_of(pipes, i), rows++ * ROW + 4, out);
    }
    if (rows == 0)
        rows = 1;
    add_sides(&pipes, rows * ROW + 24, out);
    return rows * ROW + 24;
}
