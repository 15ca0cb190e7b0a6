#include "heddle/figures/draw.h"

#include "heddle/base/escape.h"

double draw_width_of(struct span words, double size)
{
    return (double)span_width(words) * size * 0.52; /* Source Sans: 0.5 of its size at the mean */
}

void draw_text(struct buf *out, double x, double y, const char *class, struct span words,
               double most)
{
    size_t columns = (size_t)(most / (DRAW_TEXT * 0.52));
    struct span shown = span_columns(words, columns);

    if (shown.len < words.len && columns > 1)
        shown = span_columns(words, columns - 1);
    buf_addf(out, "<text x=\"%.4g\" y=\"%.4g\"", x, y);
    if (class[0] != '\0')
        buf_addf(out, " class=\"%s\"", class);
    buf_addc(out, '>');
    escape_html(out, shown);
    buf_adds(out, shown.len < words.len ? "\xe2\x80\xa6</text>" : "</text>");
}

void draw_shape(struct buf *out, unsigned thread, double x, double y)
{
    static const char *const shapes[] = {
        "m-6 0a6 6 0 1 0 12 0a6 6 0 1 0-12 0",
        "m-6-6h12v12h-12z",
        "m0-7l7 13h-14z",
        "m0-8l7 8l-7 8l-7-8z",
    };

    buf_addf(out, "<path class=\"t%u\" d=\"M%.4g %.4g%s\"/>", thread % 4, x, y, shapes[thread % 4]);
}

void draw_box(struct buf *out, double x, double y, double width, double height)
{
    buf_addf(out, "M%.4g %.4gh%.4gv%.4gh%.4gz", x, y, width, height, -width);
}

unsigned draw_number_of(struct span names[], unsigned *count, unsigned most, struct span name)
{
    for (unsigned i = 0; i < *count; i++)
        if (span_equal(names[i], name))
            return i;
    if (*count == most)
        return most - 1;
    names[*count] = name;
    return (*count)++;
}

enum { MOST_SAID = 8 }; /* lines of the data */

/* role="img" hides the words inside from those who listen: these are theirs. */
static void add_words(const struct figure *figure, struct buf *out)
{
    struct span rest = figure->data, line;
    unsigned count = 0;

    buf_addf(out, "<title>%.*s</title><desc>", SPAN_ARG(figure->snippet->program->name));
    while (span_line(&rest, &line))
        if (count++ < MOST_SAID) {
            escape_html(out, span_trim(span_bytes(line, 120)));
            buf_adds(out, ". ");
        }
    if (count > MOST_SAID)
        buf_addf(out, "And %u more.", count - MOST_SAID);
    buf_adds(out, "</desc>");
}

/* What has one form. */
static bool stretches(enum figure_kind kind)
{
    return kind != FIGURE_HOLDS;
}

unsigned draw_figure(const struct figure *figure, unsigned width, const char *classes,
                     struct buf *out)
{
    static unsigned (*const draw[])(const struct figure *, unsigned, struct buf *) = {
        draw_bars,   draw_grid,  draw_holds, draw_lanes,
        draw_memory, draw_pipes, draw_slots, draw_timeline,
    };
    struct buf inside = {0};
    unsigned height;

    width = stretches(figure->kind) ? width : DRAW_WIDTH;
    height = draw[figure->kind](figure, width, &inside);
    buf_addf(out, "<svg class=\"%s\" role=\"img\" viewBox=\"0 0 %u %u\">", classes, width, height);
    add_words(figure, out);
    buf_add(out, buf_span(&inside));
    buf_adds(out, "</svg>");
    buf_free(&inside);
    return height;
}
