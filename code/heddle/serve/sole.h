/*
 * One server a book: two of them would build in the same folders at the same time,
 * and each would show the other's draft as its own.
 *
 * The lock is the process's (fcntl(2)): no child has it, and it ends with us however
 * we end. Call it after the last fork.
 */
#ifndef HEDDLE_SERVE_SOLE_H
#define HEDDLE_SERVE_SOLE_H

#include "heddle/report/diag.h"

/* Be the one that holds `path`. One that was just killed is waited for while it ends.
 * Returns a descriptor, to be kept open; -1 where another serves, or when there can be
 * no lock, and that is reported. */
int sole_begin(const char *path, struct diags *diags);

/* What those are told that come later: our address. Nobody else may read it. */
void sole_say(int sole, struct span address);

#endif
