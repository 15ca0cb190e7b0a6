/*
 * Several files replaced together: all of them, or none when one cannot be.
 */
#ifndef HEDDLE_DISK_TOGETHER_H
#define HEDDLE_DISK_TOGETHER_H

#include "heddle/disk/file.h"

/* A file of any folder, what it holds, and what it shall hold. */
struct replacement {
    const char *path;
    struct span old, text;
};

/* Each new text waits on the disk beside its file before the first is placed.
 * Links are followed, modes stay. False after reporting, with the old texts in
 * place; a crash in between leaves some old and some new, none of them half. */
bool together_replace(const struct replacement *list, size_t count, struct diags *diags);

#endif
