#include "heddle/slides/figure_size.h"

#include <math.h>
#include <stdbool.h>
#include <stddef.h>

/* The last is a slide's width at the least size. */
const unsigned figure_widths[FIGURE_WIDTHS] = {440, 520, 640, 720, 820, 940, 1080, 1260, 1480};

/* As wide as the room at this scale, as long as its height is known for that. */
static unsigned fill(const struct figure_heights *heights, size_t at, double wide)
{
    bool next = at + 1 < FIGURE_WIDTHS && heights->units[at + 1] == heights->units[at];
    double most = next ? figure_widths[at + 1] : figure_widths[at];

    return (unsigned)fmax(figure_widths[at], fmin(wide, most));
}

struct figure_size figure_size(const struct figure_heights *heights, double width, double height,
                               double most, unsigned least_units)
{
    struct figure_size size = {0};
    double best = 0;

    for (size_t i = 0; i < FIGURE_WIDTHS; i++) {
        double scale = fmin(height / heights->units[i], width / figure_widths[i]);

        if (figure_widths[i] < least_units)
            continue;
        scale = fmin(scale, most);
        if (scale < best)
            continue;
        best = scale;
        scale = fmax(scale, FIGURE_LEAST);
        size = (struct figure_size){scale, (unsigned)(scale * heights->units[i]),
                                    fill(heights, i, width / scale)};
    }
    return size;
}
