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
    size_t refused;          /* blocks that are wrong and stay so */
};

/*
 * Run the tests that the options select and write the output of those that
 * differ, showing each change on `out` as a diff; and into the block behind one
 * that must not compile, why it does not.
 *
 * Refused, each at its place, while the others are written: blocks with
 * patterns or an order; runs that went wrong otherwise; output that would close
 * its fence, is no UTF-8, or holds NUL or CR; and lines with edits that git
 * does not have yet, unless `force`. Of a chapter that git does not keep, the
 * old text is kept in a file beside it, NAME.md~. False when anything was
 * refused or failed.
 */
bool bless_run(const struct doctest_list *list, const struct doctest_options *options, bool force,
               FILE *out, struct bless_counts *counts, struct diags *diags);

#endif
