/*
 * The numbers in what a program printed: one a line, with its words and with the
 * range that the output block allows.
 */
#ifndef HEDDLE_FIGURES_NUMBERS_H
#define HEDDLE_FIGURES_NUMBERS_H

#include "heddle/figures/figure.h"

enum { NUMBERS_MOST = 16 };

struct numbers_row {
    struct span label, unit;
    double value, low, high; /* low is -INFINITY and high INFINITY where it is open */
    bool has_range, is_heading;
};

/*
 * Read the figure's data. A line's number is the one whose range the output block
 * says first; where it says none, the first number, or the one that field= counts.
 * A line without one is the heading of those behind it. Returns how many rows.
 */
unsigned numbers_read(const struct figure *figure, struct numbers_row rows[NUMBERS_MOST]);

#endif
