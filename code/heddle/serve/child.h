/*
 * One program at a time, that another thread may stop: what the desk runs.
 *
 * It is a group of its own. To be stopped means SIGTERM, so that Make takes away
 * what it had half made, and SIGKILL for what is still there two seconds later.
 */
#ifndef HEDDLE_SERVE_CHILD_H
#define HEDDLE_SERVE_CHILD_H

#include <pthread.h>

#include "heddle/base/text.h"
#include "lib/process.h"

struct child {
    pthread_mutex_t lock;
    struct process *running; /* NULL: none */
    bool stopped;            /* and nothing more is to be started */
};

struct child_call {
    const char *const *argv; /* NULL after the last */
    const char *folder;      /* where it runs */
    int64_t limit_ms;
    int nice;
};

enum { CHILD_STOPPED = -1000, CHILD_TOO_LONG = -1001, CHILD_NOT_RUN = -1002 };

void child_open(struct child *child);
void child_close(struct child *child);

/* Run it to its end: its exit status, minus a signal, or one of the above. What it
 * printed is appended. */
int child_run(struct child *child, const struct child_call *call, struct buf *out, struct buf *err);

/* End what runs, and nothing starts until child_allow(). For any thread; it does
 * not wait. */
void child_stop(struct child *child);
void child_allow(struct child *child);

#endif
