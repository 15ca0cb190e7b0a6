/* Written by heddle tangle from chapters/83-queue-inside.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#define _POSIX_C_SOURCE 200809L /* strict */

#include "lib/worker.h"

#include <errno.h>
#include <stdlib.h>

/* Takes no memory: `spare` was there before the item was. For the next one
 * there is a new spare, or the worker goes home. */
static void note_failure(struct worker *w, void *result,
                         const struct thread_error *error)
{
    struct worker_failure *failure = w->spare;

    *failure = (struct worker_failure){
        .item = w->item, .result = result, .error = *error};
    *w->last = failure;
    w->last = &failure->next;
    w->spare = malloc(sizeof *w->spare);
}

static void work_on(struct worker *w)
{
    struct thread_error error = {0};
    void *result = w->function(w->item, w->context, &error);
    int err;

    if (error.code == 0 && w->out != NULL) {
        err = queue_put(w->out, result, NULL);
        if (err != 0)
            thread_fail(&error, err, "the next queue takes no more");
    }
    if (error.code != 0)
        note_failure(w, result, &error);
}

/* Nobody is to wait for one that cannot go on. The others still empty the
 * queue; if there are none, whoever puts learns that there is no use in it. */
static void go_home(struct worker *w)
{
    queue_loop_end(&w->loop);
    queue_close(w->loop.queue);
}

/* Its function did not return. */
static void abandon(void *worker)
{
    struct worker *w = worker;
    struct thread_error error = {0};

    thread_fail(&error, ECANCELED, "the worker's function did not return");
    note_failure(w, NULL, &error);
    go_home(w);
}

static void *run_worker(void *worker, struct thread_error *error)
{
    struct worker *w = worker;

    while (queue_next(&w->loop, &w->item)) {
        pthread_cleanup_push(abandon, w);
        work_on(w);
        pthread_cleanup_pop(0);
        if (w->spare == NULL) {
            go_home(w);
            return thread_fail(error, ENOMEM, "no memory to go on");
        }
    }
    return NULL;
}

static int start_worker(struct worker *w, const char *name)
{
    int err;

    w->last = &w->failures;
    w->spare = malloc(sizeof *w->spare);
    if (w->spare == NULL)
        return ENOMEM;
    err = thread_start(&w->thread, name, run_worker, w);
    if (err != 0) {
        free(w->spare);
        w->spare = NULL;
    }
    return err;
}

int workers_start(struct worker workers[], size_t count, const char *name,
                  worker_function *function, void *context, struct queue *in,
                  struct queue *out)
{
    int err = function != NULL && in != NULL ? 0 : EINVAL;

    for (size_t i = 0; i < count; i++)
        workers[i] = (struct worker){.function = function, .context = context,
                                     .loop = {.queue = in}, .out = out};
    for (size_t i = 0; i < count && err == 0; i++)
        err = start_worker(&workers[i], name);
    return err;
}

size_t workers_running(const struct worker workers[], size_t count)
{
    size_t running = 0;

    while (running < count && workers[running].thread.joinable)
        running++;
    return running;
}

/* Its failures go to the end of the list; so does an error of its own. */
static int join_worker(struct worker *w, struct worker_failure ***end)
{
    int err = thread_join(&w->thread, NULL, NULL);

    free(w->spare);
    if (w->failures == NULL)
        return err;
    **end = w->failures;
    *end = w->last;
    return w->failures->error.code;
}

int workers_stop(struct worker workers[], size_t count,
                 struct worker_failure **failures)
{
    struct worker_failure *list = NULL, **end = &list;
    size_t running = workers_running(workers, count);
    int first = 0;

    for (size_t i = 0; i < running; i++)
        if (queue_put(workers[i].loop.queue, QUEUE_END, NULL) == ENOMEM)
            queue_close(workers[i].loop.queue); /* needs no memory, ends all */
    for (size_t i = 0; i < running; i++) {
        int err = join_worker(&workers[i], &end);

        first = first != 0 ? first : err;
    }
    if (failures != NULL)
        *failures = list;
    else
        worker_failures_free(list);
    return first;
}

void worker_failures_free(struct worker_failure *failures)
{
    struct worker_failure *next;

    for (; failures != NULL; failures = next) {
        next = failures->next;
        free(failures);
    }
}
