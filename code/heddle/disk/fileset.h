/*
 * The files of one output folder: written all or none, only where they
 * changed, and never outside of it.
 *
 * Each file is staged beside its target as it is added (see staged.h);
 * fileset_commit() puts them all in place, fileset_cancel() leaves the folder
 * as it was. All can be made again, so nothing waits for the disk: what a
 * crash of the system spoils, --force writes anew. No symbolic link below the
 * folder is followed or replaced (the folder itself may be one).
 *
 * The folder's `.tangled` lists what heddle wrote (see manifest.h). A file that differs both from
 * its line there and from its new text was edited by hand; a file that is
 * listed but no longer made is stale. Both need no clock and hold in a fresh
 * clone.
 */
#ifndef HEDDLE_DISK_FILESET_H
#define HEDDLE_DISK_FILESET_H

#include <sys/types.h>

#include "heddle/base/table.h"
#include "heddle/disk/file.h"

struct fileset_options {
    bool check; /* write nothing; every file out of step is an error */
    bool whole; /* the set is all that belongs there: stale files go */
    bool force; /* overwrite and remove what was edited by hand */
    bool keep;  /* leave it as it is, with a warning, and write the rest */
};

struct fileset_counts {
    size_t written, unchanged, removed;
};

struct fileset;

/* NULL after reporting why the folder cannot be used. */
struct fileset *fileset_open(const char *folder, struct fileset_options options,
                             struct diags *diags);

/* Why no file of a set may have this path, or NULL. */
const char *fileset_path_fault(struct span path);

/* Add a file whose path fileset_path_fault() accepts. `place` is what in a
 * chapter asks for it. The text may go after the call. Faults are reported; false
 * when the fault is that the file was edited by hand. */
bool fileset_add(struct fileset *set, struct span path, struct span text, mode_t mode,
                 struct place place);

/* Rename everything into place unless an error was reported since the set was
 * opened; then free the set. False when the folder was left as it was, or,
 * should a rename fail, when only some files were replaced: that is reported,
 * and the next run carries on. */
bool fileset_commit(struct fileset *set, struct fileset_counts *counts);

void fileset_cancel(struct fileset *set);

/* What stands where a file of the set would be written. */
struct fileset_file {
    bool exists, plain, executable;
    bool listed;      /* heddle wrote a file of this path once */
    struct span text; /* of a plain file; until the next is looked at */
};

/* 0 or an errno value. */
int fileset_look(struct fileset *set, const char *path, struct fileset_file *file);

/* Is this a text that heddle wrote to that path? */
bool fileset_wrote(const struct fileset *set, const char *path, struct span text);

#endif
