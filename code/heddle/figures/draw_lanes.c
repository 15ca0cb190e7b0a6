/*
 * What threads printed, a lane a thread: a line's first word is its thread, and
 * time goes down. Some threads print "tea: pour", others "tea pour". A first word
 * that comes but once is no thread's: such a line goes across.
 */
#include "heddle/expect/output_lines.h"
#include "heddle/figures/draw.h"

enum { ROW = 34, HEAD = 40, MOST = 4, MOST_ROWS = 16 };

static struct span lane_name(struct span line)
{
    struct span word = output_lines_first_word(line);

    while (span_ends(word, ":"))
        word.len--;
    return word;
}

/* What the line says behind its first word. */
static struct span words_of(struct span line)
{
    struct span word = output_lines_first_word(line);

    return span_trim(span_between(word.ptr + word.len, line.ptr + line.len));
}

struct lanes {
    struct span names[MOST];
    unsigned count;
    struct span lines[MOST_ROWS];
    unsigned lane[MOST_ROWS], rows;
};

static bool comes_again(struct span data, struct span name)
{
    unsigned count = 0;

    for (struct span line; span_line(&data, &line);)
        count += span_equal(lane_name(line), name);
    return count > 1;
}

static void read_lanes(struct span data, struct lanes *lanes)
{
    struct span rest = data, line;

    while (lanes->rows < MOST_ROWS && span_line(&rest, &line)) {
        if (span_trim(line).len == 0)
            continue;
        lanes->lines[lanes->rows] = line;
        lanes->lane[lanes->rows++] =
            comes_again(data, lane_name(line))
                ? draw_number_of(lanes->names, &lanes->count, MOST, lane_name(line))
                : MOST;
    }
}

static void add_lane(const struct lanes *lanes, unsigned lane, double x, double width,
                     struct buf *out)
{
    unsigned first = lanes->rows, last = 0;

    for (unsigned i = 0; i < lanes->rows; i++)
        if (lanes->lane[i] == lane) {
            first = i < first ? i : first;
            last = i;
        }
    draw_shape(out, lane, x + 10, 15);
    draw_text(out, x + 26, 22, "b", lanes->names[lane], width - 26);
    buf_addf(out, "<path class=\"l l%u\" d=\"M%.4g %uV%u\"/>", lane % 4, x + 10, HEAD + ROW * first,
             HEAD + ROW * (last + 1));
}

unsigned draw_lanes(const struct figure *figure, unsigned width, struct buf *out)
{
    struct lanes lanes = {0};
    double lane;

    read_lanes(figure->data, &lanes);
    lane = width / (lanes.count > 0 ? lanes.count : 1.0);
    for (unsigned i = 0; i < lanes.count; i++)
        add_lane(&lanes, i, i * lane, lane, out);
    for (unsigned i = 0; i < lanes.rows; i++) {
        double x = lanes.lane[i] * lane, y = HEAD + ROW * i;

        if (lanes.lane[i] == MOST) {
            draw_text(out, 0, y + 24, "b", lanes.lines[i], width);
            continue;
        }
        buf_addf(out, "<path class=\"t%u\" d=\"", lanes.lane[i] % 4);
        draw_box(out, x + 5, y + 3, 10, ROW - 6);
        buf_adds(out, "\"/>");
        draw_text(out, x + 26, y + 24, "", words_of(lanes.lines[i]), width - x - 26);
    }
    return HEAD + ROW * lanes.rows + 8;
}
