/*
 * Paths as text: their pieces, and which may stand below a folder.
 *
 * Nothing here looks at a disk. Spans point into the path that was given.
 */
#ifndef HEDDLE_BASE_PATH_H
#define HEDDLE_BASE_PATH_H

#include "heddle/base/text.h"

struct span path_folder(struct span path); /* before the last slash; empty without one */
struct span path_name(struct span path);   /* behind the last slash */

/* The name without its last ending: "queue" of "lib/queue.c". A dot in front
 * begins no ending. */
struct span path_stem(struct span path);

/* Without the "./" and doubled slashes that would give one file two names. */
struct span path_plain(struct span path, struct arena *arena);

/* `path`, seen from the folder that `folder` is seen from: one that is absolute
 * stays, and "." and ".." are followed as text, links or not. "." for nothing. */
struct span path_join(struct span folder, struct span path, struct arena *arena);

/* What is called so beside a file: "a/x.md" of "a/b.c" and "x.md". The name is taken as it is. */
struct span path_beside(struct span file, struct span name, struct arena *arena);

/* What is left of `path` behind `folder`; all of it when it is not below. A
 * "./" in front does not count. */
struct span path_below(struct span path, const char *folder);

/* Why no file below a folder may have this path ("is absolute", "leads out
 * through .." ...), or NULL. */
const char *path_fault(struct span path);

#endif
