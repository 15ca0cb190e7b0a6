/*
 * Memory as areas: what is reserved is a square, what is used a square in it, so
 * that a thousandth looks like one. A heading begins another square beside it.
 * Where there is room, what is used stands beside them once more, larger, so that
 * it can be compared.
 */
#include <math.h>

#include "heddle/figures/draw.h"
#include "heddle/figures/numbers.h"

enum {
    SIDE = 290,
    TOP = 36,
    STEP = 320,
    LINE = 28,
    LENS = 122,
    LENS_WIDE = 250,
    PART = LINE + LENS + 12
};

static double side_of(double value, double most)
{
    return SIDE * sqrt(value / most);
}

/* The largest is the frame; the others stand in it, at its foot, side by side. */
static void add_squares(const struct numbers_row rows[], unsigned count, double left, double most,
                        struct buf *out)
{
    double x = left + 14;

    for (unsigned i = 0; i < count; i++) {
        double side = side_of(rows[i].value, most);

        buf_addf(out, "<path class=\"%s%u\" d=\"", i == 0 ? "w" : "t", i % 4);
        if (i == 0) {
            draw_box(out, left, TOP, side, side);
        } else {
            draw_box(out, x, TOP + SIDE - 12 - side, side, side);
            x += side + 12;
        }
        buf_adds(out, "\"/>");
    }
}

static void add_words(const struct numbers_row rows[], unsigned count, double left, struct buf *out)
{
    for (unsigned i = 0; i < count; i++) {
        double y = TOP + SIDE + LINE * (i + 1);
        struct buf words = {0};

        draw_shape(out, i, left + 8, y - 7);
        buf_addf(&words, "%.*s: %g %.*s", SPAN_ARG(rows[i].label), rows[i].value,
                 SPAN_ARG(rows[i].unit));
        draw_text(out, left + 24, y, "", buf_span(&words), STEP - 24);
        buf_free(&words);
    }
}

/* How often a square is as wide in the lens: as often as the largest that is used
 * can be. 1: there is nothing to be seen larger. */
static unsigned lens_of(const struct numbers_row rows[], unsigned count, double most)
{
    double used = 0;

    for (unsigned i = 1; i < count; i++)
        if (!rows[i].is_heading && !rows[i - 1].is_heading && rows[i].value < most)
            used = fmax(used, rows[i].value);
    return used > 0 ? (unsigned)fmax(LENS / side_of(used, most), 1) : 1;
}

/* Below each heading, its squares side by side. */
static void add_lens(const struct numbers_row rows[], unsigned count, double left, double most,
                     struct buf *out)
{
    unsigned times = lens_of(rows, count, most);
    double y = TOP - PART, x = left;
    struct buf words = {0};

    buf_addf(&words, "used, %u times as wide", times);
    draw_text(out, left, 22, "b", buf_span(&words), STEP);
    buf_free(&words);
    for (unsigned i = 0, part = 0; i < count; i++, part++) {
        double side = side_of(rows[i].value, most) * times;

        if (rows[i].is_heading) {
            y += PART;
            draw_text(out, left, y + LINE - 8, "s", rows[i].label, STEP);
            x = left;
            part = -1u;
        } else if (part > 0) {
            buf_addf(out, "<path class=\"t%u\" d=\"", part % 4);
            draw_box(out, x, y + PART - 12 - side, side, side);
            buf_adds(out, "\"/>");
            x += side + 14;
        }
    }
}

unsigned draw_memory(const struct figure *figure, unsigned width, struct buf *out)
{
    struct numbers_row rows[NUMBERS_MOST];
    unsigned count = numbers_read(figure, rows), lines = 0, height;
    double left = 0, most = 0;

    for (unsigned i = 0; i < count; i++)
        most = fmax(most, rows[i].value);
    for (unsigned i = 0, next; i < count; i = next, left += STEP) {
        if (rows[i].is_heading)
            draw_text(out, left, 22, "b", rows[i++].label, STEP);
        for (next = i; next < count && !rows[next].is_heading; next++)
            ;
        add_squares(&rows[i], next - i, left, most, out);
        add_words(&rows[i], next - i, left, out);
        lines = next - i > lines ? next - i : lines;
    }
    height = TOP + SIDE + LINE * lines + 10;
    if (width >= left + LENS_WIDE && TOP + left / STEP * PART < height &&
        lens_of(rows, count, most) > 1)
        add_lens(rows, count, left, most, out);
    return height;
}
