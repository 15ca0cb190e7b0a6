/*
 * The folder that a book is in: the one that holds chapters/.
 */
#ifndef HEDDLE_WEB_ROOT_H
#define HEDDLE_WEB_ROOT_H

#include "heddle/base/arena.h"
#include "heddle/base/text.h"

/*
 * Where we stand, seen from the nearest folder above that holds chapters/:
 * "code/lib", in the arena. Empty when this one holds it, or none does: then
 * the book is where we stand.
 */
struct span root_find(struct arena *arena);

/* Go there from such a folder; false with errno when it cannot be. */
bool root_enter(struct span below);

#endif
