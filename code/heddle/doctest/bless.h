/*
 * Writing what programs really print into the chapters that show it.
 *
 * Only the lines between an output block's fences change; the container's
 * marks before them and the chapter's line ends stay as they are. A chapter is
 * rewritten as a whole or not at all.
 */
#ifndef HEDDLE_DOCTEST_BLESS_H
#define HEDDLE_DOCTEST_BLESS_H

#include "heddle/doctest/doctest.h"

struct bless_counts {
    size_t blocks, chapters; /* written */
    size_t unchanged;        /* blocks that were right */
};

/*
 * Run the tests that the options select and write the output of those that
 * differ, showing each change on `out` as a diff.
 *
 * Refused, at the block's place, and then nothing is written to its chapter:
 * blocks with patterns or an order; runs that went wrong otherwise; output
 * that would close its fence, is no UTF-8, holds NUL or CR, or lacks its final
 * newline; and lines with edits that git does not have yet, or that are in no
 * git repository, unless `force`. False when anything was refused or failed.
 */
bool bless_run(const struct doctest_list *list, const struct doctest_options *options, bool force,
               FILE *out, struct bless_counts *counts, struct diags *diags);

#endif
