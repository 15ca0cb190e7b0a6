/*
 * Fenced divs, as pandoc has them: what stands between a line `::: notes` and a
 * line `:::`, in whatever list or quote.
 *
 * To CommonMark these lines are text. To md4c each is shown as a rule, which ends
 * a paragraph as such a line does for pandoc, is found in every container, and
 * is none in code and in HTML.
 */
#ifndef HEDDLE_READ_FENCED_DIV_H
#define HEDDLE_READ_FENCED_DIV_H

#include "heddle/report/source.h"

struct fenced_div {
    size_t colons;
    struct span mark; /* the line from its colons on */
    struct span info; /* behind the colons, without those at the end; empty: it closes */
    struct span word; /* of that, what pandoc reads: a class, or {...} */
    struct span rest; /* and what other tools take for a title, without [ ] */
};

/* Whether a line is the edge of a div, behind list and quote marks at most. */
bool fenced_div_read(struct span line, struct fenced_div *div);

/* Overwrite such lines from `first` on in `masked`, a copy of the text from there
 * on, which is made in the arena when there is none yet and something is found.
 * Before the first that opens, those that close are text. */
void fenced_div_mask(const struct source *source, unsigned first, const char **masked,
                     struct arena *arena);

#endif
