/*
 * How large a figure can be set in a room, and how wide it is drawn for that.
 *
 * A figure is drawn in units in which its words are DRAW_TEXT high (draw.h in
 * figures); wider, it is often lower. Its scale is px by the unit.
 */
#ifndef HEDDLE_SLIDES_FIGURE_SIZE_H
#define HEDDLE_SLIDES_FIGURE_SIZE_H

/* The widths, in its units, that it is tried in. One below FIGURE_BROAD is for who
 * stands beside code. */
enum { FIGURE_WIDTHS = 9, FIGURE_BROAD = 640 };
extern const unsigned figure_widths[FIGURE_WIDTHS];

/* How high it is in its units, drawn so wide. */
struct figure_heights {
    unsigned units[FIGURE_WIDTHS];
};

/* Words in it are to be read: it is never set smaller. */
#define FIGURE_LEAST 0.92

struct figure_size {
    double scale;
    unsigned px, units; /* its height on the slide, and how wide it is drawn */
};

/* The largest in `width` x `height` px, not below FIGURE_LEAST, even if that is too
 * high, nor above `most`; drawn at least `least_units` wide. */
struct figure_size figure_size(const struct figure_heights *heights, double width, double height,
                               double most, unsigned least_units);

#endif
