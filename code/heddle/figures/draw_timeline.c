/*
 * Threads and processes over time: a lane each, full where it ran, dashed where
 * it waited. Of many, the lanes are thin, and have no names.
 * The form is observe.h's.
 *
 *     main 0 wait 501 run 1 wait 99      begins at 0 ms, waits for 501, ...
 */
#include <math.h>
#include <string.h>

#include "heddle/figures/draw.h"

enum { LEFT = 150, MARGIN = 10, LANE = 33, NAMED = 11, MOST_LANES = 64, ROOM = 300 };

struct lane {
    struct span name, rest; /* rest: its states */
    double begin, end;
};

struct timeline {
    struct lane lanes[MOST_LANES];
    unsigned count;
    double end, right; /* in ms, and where that stands */
};

static bool next_word(struct span *rest, struct span *word)
{
    *rest = span_trim(*rest);
    *word = *rest;
    for (word->len = 0; word->len < rest->len && rest->ptr[word->len] != ' ';)
        word->len++;
    *rest = span_skip(*rest, word->len);
    return word->len > 0;
}

enum state { RUN, WAIT, NONE };

static bool next_state(struct span *rest, enum state *state, double *length)
{
    struct span word, number;
    unsigned long ms;

    if (!next_word(rest, &word) || !next_word(rest, &number) || !span_number(number, 1u << 30, &ms))
        return false;
    *state = span_is(word, "run") ? RUN : span_is(word, "wait") ? WAIT : NONE;
    if (*state == NONE && !span_is(word, "none"))
        return false;
    *length = (double)ms;
    return true;
}

/* A name may hold blanks, and ends before the first number that a state follows. */
static bool read_lane(struct span line, struct lane *lane)
{
    struct span rest, word, states;
    unsigned long begin;
    enum state state;
    double length;

    for (rest = line; next_word(&rest, &word);) {
        struct span try = rest;

        states = rest;
        if (word.ptr == line.ptr || !span_number(word, 1u << 30, &begin) ||
            !next_state(&try, &state, &length))
            continue;
        *lane = (struct lane){span_trim(span_between(line.ptr, word.ptr)), states, (double)begin,
                              (double)begin};
        while (next_state(&states, &state, &length))
            lane->end += length;
        return true;
    }
    return false;
}

static void read_timeline(struct span data, struct timeline *timeline)
{
    struct span line;

    while (timeline->count < MOST_LANES && span_line(&data, &line))
        if (read_lane(span_trim(line), &timeline->lanes[timeline->count])) {
            timeline->end = fmax(timeline->end, timeline->lanes[timeline->count].end);
            timeline->count++;
        }
    if (!(timeline->end > 0))
        timeline->end = 1;
}

static double x_at(const struct timeline *timeline, double ms)
{
    return LEFT + (timeline->right - LEFT) * ms / timeline->end;
}

/* What it did, of one kind: boxes, or, thin, lines of a width that the path has. */
static void add_states(const struct timeline *timeline, unsigned index, enum state wanted,
                       double height, struct buf *out)
{
    const struct lane *lane = &timeline->lanes[index];
    struct span rest = lane->rest;
    double at = lane->begin, y = index * height, length;
    enum state state;

    for (; next_state(&rest, &state, &length); at += length) {
        double x = x_at(timeline, at), wide = fmax(x_at(timeline, at + length) - x, 2);

        if (state == wanted && timeline->count > NAMED)
            buf_addf(out, "M%.4g %.4gh%.3g", x, y + height / 2, wide);
        else if (state == wanted)
            draw_box(out, x, y + 5, wide, height - 10);
    }
}

static void add_thin_lanes(const struct timeline *timeline, double height, struct buf *out)
{
    static const char *const classes[] = {[RUN] = "l l0", [WAIT] = "l l0 h"};

    for (enum state state = RUN; state <= WAIT; state++) {
        buf_addf(out, "<path class=\"%s\" style=\"stroke-width:%.3g\" d=\"", classes[state],
                 height * 0.75);
        for (unsigned i = 0; i < timeline->count; i++)
            add_states(timeline, i, state, height, out);
        buf_adds(out, "\"/>");
    }
}

static void add_lane(const struct timeline *timeline, unsigned index, double height,
                     struct buf *out)
{
    buf_addf(out, "<path class=\"w%u\" d=\"", index % 4);
    add_states(timeline, index, WAIT, height, out);
    buf_addf(out, "\"/><path class=\"t%u\" d=\"", index % 4);
    add_states(timeline, index, RUN, height, out);
    buf_adds(out, "\"/>");
    draw_shape(out, index, 10, index * height + height / 2);
    draw_text(out, 26, index * height + height / 2 + 8, "", timeline->lanes[index].name, LEFT - 30);
}

/* Round numbers of milliseconds or seconds, not more than five of them. */
static double tick_of(double end)
{
    double power = pow(10, floor(log10(end)));

    return power * (end > 5 * power ? 2 : end > 2.5 * power ? 1 : end > power * 1.25 ? 0.5 : 0.25);
}

static void add_axis(const struct timeline *timeline, double height, struct buf *out)
{
    double tick = tick_of(timeline->end);

    for (double ms = 0; ms <= timeline->end; ms += tick) {
        struct buf words = {0};

        buf_addf(out, "<path class=\"g\" d=\"M%.4g 0V%.4g\"/>", x_at(timeline, ms), height + 6);
        buf_addf(&words, "%g %s", timeline->end >= 1000 ? ms / 1000 : ms,
                 timeline->end >= 1000 ? "s" : "ms");
        if (ms + tick / 2 < timeline->end || ms < 1)
            draw_text(out, x_at(timeline, ms) - (ms > 0 ? 16 : 0), height + 28, "s",
                      buf_span(&words), 120);
        buf_free(&words);
    }
}

static void add_key(double y, struct buf *out)
{
    buf_adds(out, "<path class=\"t0\" d=\"");
    draw_box(out, LEFT, y, 30, 18);
    buf_adds(out, "\"/><path class=\"w0\" d=\"");
    draw_box(out, LEFT + 140, y, 30, 18);
    buf_adds(out, "\"/>");
    draw_text(out, LEFT + 40, y + 16, "s", span_of("runs"), 100);
    draw_text(out, LEFT + 180, y + 16, "s", span_of("waits"), 100);
}

unsigned draw_timeline(const struct figure *figure, unsigned width, struct buf *out)
{
    struct timeline timeline = {.right = width - MARGIN};
    double lane, height;

    read_timeline(figure->data, &timeline);
    lane = timeline.count > NAMED ? (double)ROOM / timeline.count : LANE;
    height = lane * timeline.count;
    add_axis(&timeline, height, out);
    for (unsigned i = 0; i < timeline.count && timeline.count <= NAMED; i++)
        add_lane(&timeline, i, lane, out);
    if (timeline.count > NAMED) {
        struct buf words = {0};

        add_thin_lanes(&timeline, lane, out);
        buf_addf(&words, "%u at once", timeline.count);
        draw_text(out, 4, 22, "", buf_span(&words), LEFT);
        buf_free(&words);
    }
    add_key(height + 42, out);
    return (unsigned)height + 66;
}
