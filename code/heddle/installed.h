/*
 * What belongs to heddle itself: its program, its deck, its explorer.
 *
 * Found by the program's own place, so that it may be moved: beside it where it
 * was installed, or in the tree that it was built in. What is returned lies in the
 * arena, or is an argument.
 */
#ifndef HEDDLE_INSTALLED_H
#define HEDDLE_INSTALLED_H

#include "heddle/base/arena.h"

/* This program's file. */
const char *installed_program(struct arena *arena);

/* What was given; else the book's own folder `usual` where it has one; else heddle's,
 * which stands in `usual` of its tree, or in share/heddle/`installed`. */
const char *installed_or(struct arena *arena, const char *given, const char *usual,
                         const char *installed);

/* heddle's own explorer, as sources, whatever the book has. */
const char *installed_explorer(struct arena *arena);

/* heddle's own deck, whatever the book has. */
const char *installed_deck(struct arena *arena);

/* A path that holds in whatever folder a child is run. */
const char *installed_absolute(struct arena *arena, const char *path);

#endif
