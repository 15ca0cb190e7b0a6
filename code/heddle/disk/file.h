/*
 * Whole files: reading them, and replacing one as a whole.
 *
 * Failures are reported as system diagnostics. No file is ever half-written
 * (see staged.h). For sets of files below a folder see fileset.h.
 *
 * The room disk: files read and replaced as a whole, in folders written all or none.
 */
#ifndef HEDDLE_DISK_FILE_H
#define HEDDLE_DISK_FILE_H

#include "heddle/report/diag.h"

enum { FILE_MOST = 1 << 30 }; /* bytes; larger files are refused */

/* The bytes of a regular file (or a pipe), in the arena with a NUL behind. */
bool file_read(struct arena *arena, const char *path, struct span *text, struct diags *diags);

/* The rest of an open file, appended; the descriptor stays open. Returns 0 or
 * an errno value, EFBIG above FILE_MOST. */
int file_read_fd(int fd, struct buf *out);

/* All of `text`, retrying what was interrupted or short. 0 or an errno value. */
int file_write_fd(int fd, struct span text);

bool file_exists(const char *path);

/* As mkdir -p does: an existing directory is fine. */
bool file_make_dirs(const char *path, struct diags *diags);

/* The file that a symbolic link leads to, in the arena; `path` itself when it is
 * no link, or leads nowhere. */
const char *file_behind(const char *path, struct arena *arena);

/* Replace one file (its folder is made), the one that a link leads to. Unchanged contents are not written,
 * so its time stays. After a crash of the system it holds the old text or the
 * new one, whichever. The mode of an existing file stays, a new one gets 0644. */
bool file_replace(const char *path, struct span text, struct diags *diags);

#endif
