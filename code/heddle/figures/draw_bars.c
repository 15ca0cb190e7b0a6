/*
 * Bars: a number a line, and below each the range that the test allows on any
 * machine. A bar on a logarithmic axis has no beginning: only its end speaks.
 */
#include <math.h>
#include <string.h>

#include "heddle/figures/draw.h"
#include "heddle/figures/numbers.h"

enum { MARGIN = 4, VALUE = 140, VALUE_WIDE = 250, FOOT = 34, WIDE = 940, LABEL_MOST = 480 };

struct axis {
    double low, high;
    bool log;
    double left, right, width; /* where bars may stand, and where the picture ends */
};

/* A row: its label above its bar, or where there is room, in front of it. */
struct form {
    double left, height;        /* where bars begin; a row's height */
    double label, bar, whisker; /* from a row's top: a baseline, a top, a middle */
};

/* Where a value stands; what lies beyond the axis, at its end. */
static double place(const struct axis *axis, double value)
{
    double part = axis->log ? (log10(value) - axis->low) / (axis->high - axis->low)
                            : (value - axis->low) / (axis->high - axis->low);

    if (!(value > 0) || !(part > 0))
        part = 0;
    return axis->left + (axis->right - axis->left) * (part < 1 ? part : 1);
}

/* All values, and such bounds as would not press them together. */
static struct axis axis_of(const struct figure *figure, const struct numbers_row rows[],
                           unsigned count)
{
    const struct attr *scale = attr_get(&figure->snippet->part->block->attrs, "scale");
    bool log = scale != NULL && span_is(scale->value, "log");
    double most = 0, least = INFINITY;

    for (unsigned i = 0; i < count; i++) {
        if (rows[i].is_heading)
            continue;
        most = fmax(most, rows[i].value);
        least = rows[i].value > 0 ? fmin(least, rows[i].value) : least;
    }
    for (unsigned i = 0; i < count; i++)
        if (rows[i].has_range && rows[i].high < 2 * most)
            most = fmax(most, rows[i].high);
    if (!log || !(least < INFINITY))
        return (struct axis){.high = most > 0 ? most : 1};
    return (struct axis){.low =
                             floor(log10(least)) - (least <= pow(10, floor(log10(least))) ? 1 : 0),
                         .high = ceil(log10(most) + 1e-9),
                         .log = true};
}

static void add_decades(const struct axis *axis, unsigned height, struct buf *out)
{
    for (double power = axis->low; axis->log && power <= axis->high; power++) {
        double x = place(axis, pow(10, power));
        struct buf words = {0};

        buf_addf(out, "<path class=\"g\" d=\"M%.4g 0V%u\"/>", x, height);
        buf_addf(&words, "%g", pow(10, power));
        draw_text(out, x + 4, height, "s", buf_span(&words), 200);
        buf_free(&words);
    }
}

/* Open ends are arrows. */
static void add_whisker(const struct axis *axis, const struct numbers_row *row, double y,
                        struct buf *out)
{
    double from = place(axis, row->low), to = place(axis, row->high);
    double end = axis->log ? pow(10, axis->high) : axis->high;
    bool left = row->low > 0, right = row->high <= end;

    if (!left)
        from = axis->left;
    buf_addf(out, "<path class=\"l\" d=\"M%.4g %.4gH%.4g", from, y,
             right ? to : axis->right + 30.0);
    if (left)
        buf_addf(out, "M%.4g %.4gv10", from, y - 5);
    if (right)
        buf_addf(out, "M%.4g %.4gv10", to, y - 5);
    else
        buf_addf(out, "M%.4g %.4gl7 5l-7 5", axis->right + 23.0, y - 5);
    buf_adds(out, "\"/>");
}

/* Behind the bar, or where there is no room, at its end in it. */
static void add_value(const struct axis *axis, double end, double y, struct span words,
                      struct buf *out)
{
    double width = draw_width_of(words, DRAW_TEXT);

    if (end + 10 + width > axis->width && end - axis->left > width + 10)
        draw_text(out, end - width - 4, y, "i", words, axis->width);
    else
        draw_text(out, end + 10, y, "b", words, axis->width - end - 10);
}

static void add_bar(const struct axis *axis, const struct form *form, const struct numbers_row *row,
                    double y, struct buf *out)
{
    double end = place(axis, row->value);
    struct buf words = {0};

    draw_text(out, MARGIN, y + form->label, "", row->label,
              form->left > MARGIN ? LABEL_MOST : axis->width - MARGIN);
    buf_addf(out, "<path class=\"t0\" d=\"");
    draw_box(out, axis->left, y + form->bar, fmax(end - axis->left, 2), 24);
    buf_adds(out, "\"/>");
    buf_addf(&words, "%.6g %.*s", row->value, SPAN_ARG(row->unit));
    add_value(axis, end, y + form->bar + 19, span_trim(buf_span(&words)), out);
    buf_free(&words);
    if (row->has_range)
        add_whisker(axis, row, y + form->whisker, out);
}

static struct form form_of(const struct numbers_row rows[], unsigned count, unsigned width,
                           bool ranges)
{
    double label = 0;

    for (unsigned i = 0; i < count; i++)
        if (!rows[i].is_heading)
            label = fmax(label, draw_width_of(rows[i].label, DRAW_TEXT));
    if (width < WIDE || label > LABEL_MOST)
        return (struct form){MARGIN, 74, 18, 27, 61};
    return (struct form){MARGIN + label + 24, ranges ? 54 : 40, 24, 5, 40};
}

unsigned draw_bars(const struct figure *figure, unsigned width, struct buf *out)
{
    struct numbers_row rows[NUMBERS_MOST];
    unsigned count = numbers_read(figure, rows), height = 0;
    struct axis axis = axis_of(figure, rows, count);
    struct form form;
    bool ranges = false;

    for (unsigned i = 0; i < count; i++)
        ranges = ranges || rows[i].has_range;
    form = form_of(rows, count, width, ranges);
    axis.left = form.left;
    axis.right = width - (form.left > MARGIN ? VALUE_WIDE : VALUE);
    axis.width = width;
    add_decades(&axis, count * (unsigned)form.height + 20, out);
    for (unsigned i = 0; i < count; i++, height += (unsigned)form.height)
        if (rows[i].is_heading)
            draw_text(out, MARGIN, height + form.bar + 23, "b", rows[i].label, width);
        else
            add_bar(&axis, &form, &rows[i], height, out);
    height += axis.log ? 24 : 0;
    if (ranges) {
        buf_addf(out, "<path class=\"l\" d=\"M4 %uh44m0-5v10m-44 0v-10\"/>", height + 19);
        draw_text(out, 58, height + 26, "s", span_of("what the test allows on any machine"), 500);
    }
    return height + (ranges ? FOOT : 4);
}
