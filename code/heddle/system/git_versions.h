/*
 * Earlier texts of a file, as git keeps them.
 */
#ifndef HEDDLE_SYSTEM_GIT_VERSIONS_H
#define HEDDLE_SYSTEM_GIT_VERSIONS_H

#include "heddle/base/arena.h"
#include "heddle/base/text.h"

enum { GIT_MOST_VERSIONS = 100 };

/* Is this the text that is looked for? */
typedef bool git_is_wanted(const void *context, struct span text);

/* The newest text of the file that is wanted: of the index, of HEAD, of the last
 * commits that changed it. In the arena; false when there is none. */
bool git_version_find(struct arena *arena, const char *path, git_is_wanted *is_wanted,
                      const void *context, struct span *text);

#endif
