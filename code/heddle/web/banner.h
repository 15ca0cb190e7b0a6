/*
 * The first lines of a tangled file, for those who open it or copied it alone:
 * a comment that says which chapter it is written from, and what the book says
 * about its origin and licence.
 */
#ifndef HEDDLE_WEB_BANNER_H
#define HEDDLE_WEB_BANNER_H

#include "heddle/base/arena.h"
#include "heddle/base/text.h"

/* Two lines of comment for the file `path`, written from `chapter`, in the
 * arena; `text` is the second. Empty when `text` is, and for files whose form of
 * comment is not known: it goes by the path's extension, else by the block's
 * language, else by the file's name. */
struct span banner_make(struct arena *arena, struct span text, struct span chapter,
                        struct span path, struct span language);

#endif
