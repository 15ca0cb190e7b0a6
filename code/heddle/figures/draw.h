/*
 * A figure as an SVG element of a page, so many units wide, its words not below
 * DRAW_TEXT_LEAST: DRAW_WIDTH, so that it can be read on a phone; wider for a
 * slide, where it is set at no less than its own size and lies as the slide does.
 *
 * Colours are classes, which the theme knows: t0 to t3 are threads (each with a
 * shape, for those who see no colours), l is a line, s small words, x what is
 * wrong. The same data make the same bytes, and the data are its words for those
 * who do not see it.
 */
#ifndef HEDDLE_FIGURES_DRAW_H
#define HEDDLE_FIGURES_DRAW_H

#include "heddle/figures/figure.h"

enum { DRAW_WIDTH = 640, DRAW_TEXT = 22, DRAW_TEXT_LEAST = 20 };

/* Append it, of these classes. Data that are none of their kind are an empty
 * picture. Returns its height in units. */
unsigned draw_figure(const struct figure *figure, unsigned width, const char *classes,
                     struct buf *out);

/* The kinds: append what is inside of <svg>, and return the height. What has one
 * form only is drawn in DRAW_WIDTH; where there is more room, memory is drawn with a lens. */
unsigned draw_bars(const struct figure *figure, unsigned width, struct buf *out);
unsigned draw_grid(const struct figure *figure, unsigned width, struct buf *out);
unsigned draw_holds(const struct figure *figure, unsigned width, struct buf *out);
unsigned draw_lanes(const struct figure *figure, unsigned width, struct buf *out);
unsigned draw_memory(const struct figure *figure, unsigned width, struct buf *out);
unsigned draw_pipes(const struct figure *figure, unsigned width, struct buf *out);
unsigned draw_slots(const struct figure *figure, unsigned width, struct buf *out);
unsigned draw_timeline(const struct figure *figure, unsigned width, struct buf *out);

/* Words at a place; `class` may hold a thread's colour. A text wider than `most`
 * units ends in an ellipsis. */
void draw_text(struct buf *out, double x, double y, const char *class, struct span words,
               double most);

/* A thread's shape, about ten units wide, around a point. */
void draw_shape(struct buf *out, unsigned thread, double x, double y);

/* A box as part of a path's d. */
void draw_box(struct buf *out, double x, double y, double width, double height);

/* Which of the names this is; a new one is added. Beyond `most`, the last. */
unsigned draw_number_of(struct span names[], unsigned *count, unsigned most, struct span name);

/* About how wide words are in type of so many units. */
double draw_width_of(struct span words, double size);

#endif
