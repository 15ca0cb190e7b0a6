/*
 * The folder of the woven pages, kept free of what is no longer woven: pages of
 * renamed chapters, files that have gone. Its `.woven` lists what was written, in
 * the format of xxh128sum; a file that is listed, is as it was written and is not
 * written again goes. Whatever else stands there is the author's, and stays.
 */
#ifndef HEDDLE_PAGES_WOVEN_H
#define HEDDLE_PAGES_WOVEN_H

#include "heddle/report/diag.h"

struct woven {
    const char *dir;
    struct buf list; /* what this run has written */
};

/* Replace DIR/NAME by `text`, and list it. Failures are reported. */
void woven_write(struct woven *woven, struct span name, struct span text, struct diags *diags);

/* When all is written: sweep, and leave the list for the next time. Where an error
 * was reported nothing goes, and the old list stays. */
void woven_close(struct woven *woven, struct diags *diags);

#endif
