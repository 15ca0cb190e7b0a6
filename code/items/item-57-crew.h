/* Written by heddle tangle from chapters/60-fan-out.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#include "items/item-57-cell.h"
#include "lib/thread.h"

/* What a crew does: something with each number below some count. */
typedef void crew_task(void *arg, size_t number);

enum { CREW_MOST = 16 };

struct crew {
    pthread_mutex_t lock; /* guards what follows, up to `closing` */
    pthread_cond_t some_work, all_done;
    crew_task *task;
    void *arg;
    size_t next, count; /* the numbers from next to count - 1 are untaken */
    size_t unfinished;  /* those, and the ones in somebody's hands */
    bool closing;
    struct thread threads[CREW_MOST];
    size_t size;
};

/* False: there will be no more. */
static bool take_task(struct crew *crew, size_t *number)
{
    bool taken;

    pthread_mutex_lock(&crew->lock);
    while (crew->next == crew->count && !crew->closing)
        pthread_cond_wait(&crew->some_work, &crew->lock);
    taken = crew->next < crew->count;
    if (taken)
        *number = crew->next++;
    pthread_mutex_unlock(&crew->lock);
    return taken;
}

static void finish_task(struct crew *crew)
{
    pthread_mutex_lock(&crew->lock);
    if (--crew->unfinished == 0)
        pthread_cond_signal(&crew->all_done);
    pthread_mutex_unlock(&crew->lock);
}

static void *serve(void *arg, struct thread_error *error)
{
    struct crew *crew = arg;
    size_t number;

    (void)error;
    while (take_task(crew, &number)) {
        crew->task(crew->arg, number);
        finish_task(crew);
    }
    return NULL;
}

/* Fan out and fan in: all numbers below `count` are done on return. One
 * thread at a time may ask for it. */
static void crew_run(struct crew *crew, crew_task *task, void *arg,
                     size_t count)
{
    pthread_mutex_lock(&crew->lock);
    crew->task = task;
    crew->arg = arg;
    crew->next = 0;
    crew->count = crew->unfinished = count;
    pthread_cond_broadcast(&crew->some_work);
    while (crew->unfinished > 0)
        pthread_cond_wait(&crew->all_done, &crew->lock);
    pthread_mutex_unlock(&crew->lock);
}

/* With up to `size` threads. 0, or why there is not even one; then there is
 * nothing to stop. */
static int crew_start(struct crew *crew, size_t size)
{
    int err = 0;

    *crew = (struct crew){.lock = PTHREAD_MUTEX_INITIALIZER,
                          .some_work = PTHREAD_COND_INITIALIZER,
                          .all_done = PTHREAD_COND_INITIALIZER};
    while (crew->size < size && crew->size < CREW_MOST && err == 0) {
        err = thread_start(&crew->threads[crew->size], "crew", serve, crew);
        crew->size += err == 0;
    }
    return crew->size > 0 ? 0 : err;
}

/* Its threads end. 0 if none of them had done so before. */
static int crew_stop(struct crew *crew)
{
    int err = 0;

    pthread_mutex_lock(&crew->lock);
    crew->closing = true;
    pthread_cond_broadcast(&crew->some_work);
    pthread_mutex_unlock(&crew->lock);
    while (crew->size > 0)
        err |= thread_join(&crew->threads[--crew->size], NULL, NULL);
    pthread_cond_destroy(&crew->all_done);
    pthread_cond_destroy(&crew->some_work);
    pthread_mutex_destroy(&crew->lock);
    return err;
}

struct step {
    const struct life *now;
    struct life *next;
};

static void step_number(void *arg, size_t number)
{
    struct step *step = arg;
    struct cell cell = cell_number(number, step->now, step->next);

    cell.next->alive[cell.row][cell.column] =
        life_cell(cell.now, cell.row, cell.column);
}
