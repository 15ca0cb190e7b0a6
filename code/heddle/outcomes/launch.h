/*
 * Exploring a program: its twin is built by Make, by the rules of book.mk,
 * and explores itself (code/explore); this builds and starts it.
 */
#ifndef HEDDLE_OUTCOMES_LAUNCH_H
#define HEDDLE_OUTCOMES_LAUNCH_H

#include "heddle/report/diag.h"

struct launch_options {
    const char *makefile; /* book.mk */
    const char *lines;    /* a file that says what its places are called, or NULL */
    const char *explorer; /* the explorer's sources; NULL: book.mk knows */
    bool json, gdb, graph, states, leaks;
    bool merge;                 /* what stands before the arguments are files with parts */
    const char *program;        /* a path, built of the sources that stand first; or NULL */
    const char *words;          /* ... and say how they were explored, or NULL */
    const char *shard;          /* "K/N", or NULL */
    const char *keep;           /* a file for parts, or NULL */
    const char *replay, *trace; /* a schedule, or NULL */
    const char *svg;            /* a schedule to draw, or NULL */
    const char *record;         /* a file to write the outcomes into, or NULL */
    const char *runs, *seconds, *steps, *bound, *spurious, *jobs; /* numbers, or NULL */
    const char *reduce, *failing, *engine, *model;                /* a word, or NULL */
};

/* Run make with these words behind "make -f makefile"; NULL ends them. Make says
 * itself what went wrong, on stderr. False when it cannot be run or fails, of
 * which only the first is reported. */
bool launch_make(const char *makefile, const char *const words[], struct diags *diags);

/*
 * With `record`: explore the program, run it once more by the schedule of each
 * of its first OUTCOMES_MOST_TRACES outcomes, and write what was found into
 * that file (outcomes.h), all or nothing. That something is wrong with the
 * program is no failure. Its state graph, if it is small enough to be played
 * with, comes into a file beside it that ends in ".graph".
 *
 * With `svg`: run it by that schedule and draw the run on stdout (picture.h).
 *
 * Otherwise: replace this process by the explored program that arguments[0] names, with
 * the other arguments as its own. Returns only when that fails, which is
 * reported. A name with a slash is a path: nothing is built then, and what was not
 * compiled to be explored is refused.
 */
void launch_explorer(const struct launch_options *options, const char *const arguments[],
                     size_t count, struct diags *diags);

#endif
