/* Written by heddle tangle from chapters/86-library.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
/*
 * worker - threads that take items from one queue, and put what comes of them
 * into the next.
 *
 * The caller owns workers, queues and items. One thread starts and stops the
 * workers of a stage. Functions return 0 or an errno value.
 */
#ifndef HEDDLE_WORKER_H
#define HEDDLE_WORKER_H

#include "lib/queue.h"
#include "lib/thread.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * What comes of an item, or the value of thread_fail. *error is empty at the
 * call. The workers of a stage share `context`, and run at the same time.
 */
typedef void *worker_function(void *item, void *context,
                              struct thread_error *error);

/* An item that did not get through. The item is the caller's again. */
struct worker_failure {
    struct worker_failure *next;
    void *item;
    void *result; /* what came of it, if only putting that failed */
    struct thread_error error;
};

/* Its fields are the library's own. */
struct worker {
    struct thread thread;
    worker_function *function;
    void *context;
    struct queue_loop loop; /* over the queue it takes from */
    struct queue *out;
    void *item; /* in hand, if loop.busy */
    struct worker_failure *failures, **last;
    struct worker_failure *spare; /* so that a failure needs no memory */
};

/*
 * Start `count` workers, one stage of a pipeline: each takes items from `in`,
 * gives them to function(item, context, ...), puts what that returns into
 * `out`, and is done with the item (queue_task_done). With `out` NULL, the
 * results go nowhere. An item whose function fails, or whose result cannot be
 * put (EPIPE: `out` is closed), is kept for workers_stop, and the worker goes
 * on. It ends when it takes QUEUE_END, or when `in` is closed and drained.
 *
 * A worker that cannot go on closes `in`, so that nobody waits for it: when
 * there is no memory for the next failure, and when its function did not
 * return (pthread_exit, pthread_cancel); that item counts as failed, too.
 *
 * `name` is for debuggers: see thread_start. Array and queues stay where they
 * are until workers_stop.
 *
 * Returns 0, or the error of the first that could not be started: EAGAIN,
 * ENOMEM, EINVAL, ERANGE. Those before it work all the same (see
 * workers_running), and are to be stopped.
 */
NODISCARD int workers_start(struct worker workers[], size_t count,
                            const char *name, worker_function *function,
                            void *context, struct queue *in,
                            struct queue *out);

/* How many of them were started. */
size_t workers_running(const struct worker workers[], size_t count);

/*
 * Put one QUEUE_END for each of them behind all items, and join them, in
 * order. What is in `in` is worked off first, unless a worker could not go on.
 *
 * Returns 0, or the code of the first failure. *failures is the list of all of
 * them, to be freed, those of the first worker first; NULL if there is none.
 * `failures` itself may be NULL, for those who do not want their items back.
 */
NODISCARD int workers_stop(struct worker workers[], size_t count,
                           struct worker_failure **failures);

/* Free the list; not the items. */
void worker_failures_free(struct worker_failure *failures);

#ifdef __cplusplus
}
#endif

#endif
