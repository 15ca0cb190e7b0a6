/*
 * A chapter's text for who edits it: read, and put back.
 *
 * Text is put back as a whole or not at all, and only in the place of the one that
 * the editor began with, known by its hash. What another program writes in
 * the last instant, behind our look and before the rename(2), is lost.
 */
#ifndef HEDDLE_SERVE_SAVE_H
#define HEDDLE_SERVE_SAVE_H

#include "heddle/base/hash.h"
#include "heddle/report/diag.h"

enum save_result { SAVE_DONE, SAVE_CONFLICT, SAVE_FAILED };

/* JSON: {"hash": ..., "text": ...}. False when it cannot be read. */
bool save_read(struct span path, struct buf *json);

/* `base` is the hash that save_read() gave. With SAVE_FAILED, `why` has a line. */
enum save_result save_write(struct span path, struct span base, struct span text, struct buf *why);

#endif
