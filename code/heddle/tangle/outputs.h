/*
 * A book is a folder of chapters: finding and reading them, checking the
 * whole, and writing down for Make what is made from what.
 */
#ifndef HEDDLE_TANGLE_OUTPUTS_H
#define HEDDLE_TANGLE_OUTPUTS_H

#include "heddle/web/web.h"
#include "heddle/disk/fileset.h"

/* Read every chapter below the given files and folders (none: chapters/), in
 * the order of their paths, and build the web. False when there was an error;
 * all of them were reported. The caller gives the web back with web_free(),
 * in either case. */
bool book_load(struct web *web, const char *const paths[], size_t count, struct diags *diags);

/* What the first front matter with a line `key: ...` says, without quotes, or
 * empty. Points into the web. */
struct span book_front_value(const struct web *web, const char *key);

/* The front matter's title; otherwise the first heading; otherwise empty. */
struct span book_title(const struct web *web);

struct book_outputs {
    const char *code;         /* the clean files; NULL: not wanted */
    const char *annotated;    /* their twins; NULL: not wanted */
    const char *makefile;     /* what Make needs to know; NULL: not wanted */
    bool check, whole, force; /* as in fileset.h */
};

/* Write the outputs, all or none. The counts are those of the clean files,
 * or of the twins when only they are wanted. */
bool book_tangle(const struct web *web, const struct book_outputs *outputs,
                 struct fileset_counts *counts, struct diags *diags);

/* Report what no chapter of a careful book holds: C that nothing compiles,
 * output that nothing prints, programs whose output nothing shows. */
void book_check(const struct web *web, struct diags *diags);

#endif
