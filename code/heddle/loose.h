/*
 * A program of no book: files in C or C++ that are built to be explored.
 *
 * What is made lies in a cache of the user's, $XDG_CACHE_HOME/heddle or else
 * ~/.cache/heddle (XDG Base Directory Specification, 0.8); nothing is written where
 * the sources are. All of it may be removed at any time: it is made again. Processes
 * that build there wait for each other.
 */
#ifndef HEDDLE_LOOSE_H
#define HEDDLE_LOOSE_H

#include "heddle/report/diag.h"

struct loose_options {
    const char *explorer; /* its sources, an absolute path */
    const char *cflags;   /* for the compiler, as a shell has them, or NULL */
    const char *link;     /* libraries ("m z") or words for the linker ("-L."), or NULL */
};

/* By its ending: .c, .cc, .cpp, .cxx or .C. */
bool loose_is_source(const char *name);

/*
 * Compile the sources by $CC (cc) and $CXX (g++) as they are seen from here, and link
 * them with the explorer. Returns the program's path, in the arena; NULL when that
 * cannot be done, which is reported: compilers speak for themselves, on stderr.
 */
const char *loose_build(const char *const sources[], size_t count,
                        const struct loose_options *options, struct arena *arena,
                        struct diags *diags);

#endif
