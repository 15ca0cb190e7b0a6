/*
 * New contents that wait beside a file until one rename(2) puts them in its
 * place: whoever reads the file sees the old text or the new, never half.
 *
 * `folder` is an open folder (or AT_FDCWD); names in it are no paths. These
 * functions return 0 or an errno value, and after a failure nothing of the
 * new contents is left. Any number of threads and processes may stage into
 * one folder.
 */
#ifndef HEDDLE_DISK_STAGED_H
#define HEDDLE_DISK_STAGED_H

#include <sys/types.h>

#include "heddle/base/text.h"

/* What the names of waiting files begin with. */
#define STAGED_PREFIX ".heddle-"
enum { STAGED_NAME = 48 }; /* bytes of such a name, with its NUL */

enum staged_safety {
    STAGED_QUICK, /* for what can be made again */
    STAGED_SAFE   /* on the disk before it may be placed: a crash leaves old or new */
};

/* Write a file of its own; `name` tells which. */
int staged_write(int folder, struct span text, mode_t mode, enum staged_safety safety,
                 char name[STAGED_NAME]);

/* Put it in the place of `target`, be there a file or none. */
int staged_place(int folder, const char *name, const char *target);

/* Drop what killed processes left waiting in the folder. One that runs in
 * another container and shares the folder must not be writing to it. */
void staged_sweep(int folder);

/* Give it up. */
void staged_drop(int folder, const char *name);

#endif
