/*
 * What pandoc makes of a chapter's pieces, each kept until its own text changes.
 *
 * Pieces that have changed go through one pandoc together, for its start and its
 * colours are what takes long. What is kept of a chapter is one text of the cache
 * (disk/cache.h), trees of HTML in it (base/html_packed.h).
 */
#ifndef HEDDLE_PAGES_PANDOC_H
#define HEDDLE_PAGES_PANDOC_H

#include "heddle/base/html.h"
#include "heddle/report/diag.h"

struct pandoc {
    const char *reader;          /* -f of pandoc(1) */
    const char *folder;          /* the cache */
    const struct source *source; /* the chapter: its pieces are kept by its path */
};

/*
 * The tree of each text, in the arena. No text may define what another one refers to,
 * a link's target or a footnote; what it leaves open ends with it. The order of texts, and which of them were
 * kept, makes no difference. What pandoc says on stderr is a warning about the
 * source, and what it said something about is not kept; false when it cannot be run
 * or fails, which is reported. Any number of threads, each with an arena and diags
 * of its own.
 */
bool pandoc_read(const struct pandoc *pandoc, const struct span *texts, size_t count,
                 struct html_node **trees, struct arena *arena, struct diags *diags);

#endif
