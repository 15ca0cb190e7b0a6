/*
 * The web becomes files: code/, its twins, and what Make needs to know.
 */
#ifndef HEDDLE_TANGLE_OUTPUTS_H
#define HEDDLE_TANGLE_OUTPUTS_H

#include "heddle/disk/fileset.h"
#include "heddle/web/web.h"

/*
 * Beside the annotated twins stand plain ones, the clean text once more. They
 * change when code does, and not when a line of prose moves it: what is compiled
 * goes by their time (makefile.h).
 */
#define OUTPUTS_PLAIN "plain" /* the folder, beside that of the twins */

struct outputs {
    const char *code;               /* the clean files; NULL: not wanted */
    const char *annotated;          /* their twins; NULL: not wanted */
    const char *makefile;           /* what Make needs to know; NULL: not wanted */
    bool check, whole, force, keep; /* as in fileset.h */
};

/* Write the outputs, all or none. The counts are those of the clean files,
 * or of the twins when only they are wanted. */
bool outputs_write(const struct web *web, const struct outputs *outputs,
                   struct fileset_counts *counts, struct diags *diags);

/* build/plain for build/annotated, in the arena. */
const char *outputs_plain(const char *annotated, struct arena *arena);

#endif
