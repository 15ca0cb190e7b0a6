/*
 * Asking git.
 */
#ifndef HEDDLE_SYSTEM_GIT_H
#define HEDDLE_SYSTEM_GIT_H

#include "heddle/base/arena.h"
#include "heddle/base/text.h"

/* What git says on stdout, in the arena; false unless it succeeds. `--` and
 * --literal-pathspecs: a path is a path, whatever it begins with. */
bool git_ask(struct arena *arena, const char *const argv[], struct span *answer);

#endif
