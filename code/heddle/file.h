/*
 * Reading whole files, and writing sets of files: all of them or none, only
 * what changed, and never outside the folder they belong to.
 *
 * Paths are relative to the working directory unless a function says so.
 * Every failure is a positioned or system diagnostic; nothing is half-written:
 * new contents go to a temporary file beside the old one, which rename(2) then
 * replaces.
 */
#ifndef HEDDLE_FILE_H
#define HEDDLE_FILE_H

#include <sys/types.h>

#include "arena.h"
#include "diag.h"
#include "text.h"

/* The bytes of a regular file, kept in the arena; false after an error was
 * reported. Files above `most` bytes are refused. */
bool file_read(struct arena *arena, const char *path, size_t most, struct span *text,
               struct diags *diags);

bool file_exists(const char *path);

/* mkdir -p; an existing directory is fine. */
bool file_make_dirs(const char *path, struct diags *diags);

/* Replace one file as a whole (its folder is made); unchanged contents are
 * not written, so its time stays. */
bool file_replace(const char *path, struct span text, struct diags *diags);

/*
 * A set of files below one folder. Contents must live until file_set_commit().
 */
struct file_entry {
    struct span path;       /* relative to the folder, checked by file_path_fault */
    struct span text;
    mode_t mode;            /* 0644 ... */
    struct place place;     /* what in a chapter asks for this file */
};

struct file_set {
    const char *folder;     /* made when missing; may itself be a link */
    struct file_entry *entries;
    size_t count;
    bool manifest;          /* keep folder/.tangled: know hand edits, remove stale files */
    bool whole;             /* the set is everything that belongs there */
    bool force;             /* overwrite what was edited by hand */
};

struct file_counts {
    size_t written, unchanged, removed;
};

/* Why no file may have this path below the folder ("is absolute" ...), or NULL. */
const char *file_path_fault(struct span path);

/* Write what changed, all or nothing. With `check` nothing is written and every
 * file out of step is an error. */
bool file_set_commit(const struct file_set *set, bool check, struct file_counts *counts,
                     struct diags *diags);

#endif
