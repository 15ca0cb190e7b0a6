/*
 * For whoever waits. On a terminal a line says how far exploring has come; and with
 * Ctrl-C, or SIGTERM, it ends with what was found. Whoever presses it once more
 * ends the process.
 */
#ifndef EXPLORE_SEARCH_PATIENCE_H
#define EXPLORE_SEARCH_PATIENCE_H

#include <stdbool.h>

/* Before stderr becomes a run's. `shows`: a line, where stderr is a terminal. */
void patience_begin(bool shows);

/* Has somebody had enough? */
bool patience_is_out(void);

/* Is it time for a line, `now` being CLOCK_MONOTONIC's seconds? Never, where none is to
 * be shown; the first comes after a second. */
bool patience_wants(double now);

/* The line, which replaces the last one. It is cut to the terminal's width. */
void patience_show(const char *line);

/* Nothing of it is left to be seen, and signals do what they did. */
void patience_end(void);

/* A process that helps: whoever began it shows the line. */
void patience_is_others(void);

/* A run's own process: it is none of a terminal's foreground, and signals do what
 * they did. */
void patience_is_none(void);

#endif
