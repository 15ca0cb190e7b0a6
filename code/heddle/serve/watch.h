/*
 * A thread that says when something changed in folders: inotify(7), Linux.
 *
 * Names that begin with a dot or end with ~ are editors' own business. Where the
 * kernel tells nothing (folders of another machine), nothing is noticed.
 */
#ifndef HEDDLE_SERVE_WATCH_H
#define HEDDLE_SERVE_WATCH_H

#include "heddle/base/array.h"
#include "heddle/report/diag.h"
#include "lib/thread.h"

struct watched {
    int number; /* the kernel's */
    char *path;
};

struct watch {
    const char *const *roots; /* files, or folders with all below them */
    size_t root_count;
    void (*changed)(void *context);
    void *context;
    int events, end; /* inotify; and a pipe's ends to be told to stop by */
    int tell_end;
    struct watched *list;
    size_t count, cap;
    struct thread thread;
};

/* Fill in the first four. changed() is called by the thread, some milliseconds
 * behind the last event, until watch_stop(). */
bool watch_start(struct watch *watch, struct diags *diags);
void watch_stop(struct watch *watch);

#endif
