/*
 * The words before a program's own that shut it in: bubblewrap's (bwrap(1)).
 */
#ifndef HEDDLE_SYSTEM_ISOLATE_H
#define HEDDLE_SYSTEM_ISOLATE_H

#include "heddle/base/arena.h"
#include "lib/process.h"

/*
 * argv for running `program` (its path, or NULL: argv[0] is looked for in PATH)
 * so that it sees the whole system, but can write only below `sandbox`, has no
 * network, and dies with us. In the arena; NULL after the last.
 */
const char *const *isolate_command(struct arena *arena, const char *sandbox, const char *program,
                                   const char *const *argv);

/* bwrap ends with 128 and a signal's number when the program was ended by that. */
void isolate_ending(struct process_result *result);

#endif
