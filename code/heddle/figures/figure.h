/*
 * Pictures that a run has drawn: ```figure {of=PROGRAM kind=KIND}
 *
 * A picture holds no more than its data, and these come from a run. Which data,
 * and why they cannot drift from the program:
 *
 *   bars, memory, grid, lanes, slots   what the program prints. An empty block
 *       draws what its output block promises, which is tested. Where that has
 *       patterns, the block holds one real run, and must keep the promise.
 *   timeline, pipes   what was seen from outside while the program ran (observe.h
 *       in system). The block holds it, with the mark of the program's text: of
 *       another text it is refused.
 *   holds   the deadlock that the program's outcomes block lists; that is proven.
 *
 * What a block holds, `heddle test --bless` has written. Its first line says
 * when and where it was: "# 2026-11-28, x86_64, 2 processors, program 0123abcd".
 *
 * The room figures: what runs have left in chapters is read, judged and drawn.
 */
#ifndef HEDDLE_FIGURES_FIGURE_H
#define HEDDLE_FIGURES_FIGURE_H

#include "heddle/expect/expect.h"
#include "heddle/web/web.h"

enum figure_kind {
    FIGURE_BARS,
    FIGURE_GRID,
    FIGURE_HOLDS,
    FIGURE_LANES,
    FIGURE_MEMORY,
    FIGURE_PIPES,
    FIGURE_SLOTS,
    FIGURE_TIMELINE
};

/* Spans point into the chapter, or into the arena the figure was read with. */
struct figure {
    enum figure_kind kind;
    const struct snippet *snippet;
    const struct block *shown; /* the program's output or outcomes block, or NULL */
    struct expect promise;     /* of the output block */
    struct span data;          /* what is drawn, as lines */
    struct span made;          /* when and where; empty: any run gives these data */
    struct span mark;          /* of the program that ran */
    const char *fault;         /* why the data are none of this program's, or NULL */
};

/* Read a block and judge its data. What is wrong with its attributes is reported,
 * and then the answer is false; data that are stale are only noted, in `fault`. */
bool figure_read(struct figure *figure, struct arena *arena, const struct web *web,
                 const struct snippet *snippet, struct diags *diags);

/* Is it drawn from what was seen of a run, and not from what that printed? */
bool figure_is_observed(enum figure_kind kind);

/* A mark of the program's text. */
void figure_add_mark(const struct target *program, struct buf *out);

#endif
