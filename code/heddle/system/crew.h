/*
 * The same work on many things, by several threads: lib/queue and lib/worker,
 * for those who have all the things at the start and want each of them back.
 *
 * One thread opens, starts, takes and closes; a crew of one thread, or for one
 * thing, is that thread itself. Out of memory ends the program, as in arena.h.
 */
#ifndef HEDDLE_SYSTEM_CREW_H
#define HEDDLE_SYSTEM_CREW_H

#include "lib/worker.h"

struct crew {
    worker_function *work;
    void *context; /* of the first thread */
    struct queue todo, done;
    size_t left; /* things not taken yet */
    struct worker *workers;
    size_t running;
};

/* A crew for `count` things of `size` bytes each, an array that stays the
 * caller's. From here on crew_stop may come, until crew_close. */
void crew_open(struct crew *crew, void *things, size_t count, size_t size);

/*
 * Begin work(thing, context, error) on each of them, in order, by at most
 * `threads` threads (0: as many as there are processors). The context of thread
 * number i is `context` plus i times `stride` bytes, so that each can have its own;
 * with 0, all have the same. `work` returns the thing.
 *
 * A thread that cannot be had is one fewer; without any, crew_next works.
 * Returns how many contexts are in use.
 */
size_t crew_start(struct crew *crew, unsigned threads, worker_function *work, void *context,
                  size_t stride);

/* Wait for one that is done, in whatever order that happens; NULL when all have
 * been returned, or after crew_stop. */
void *crew_next(struct crew *crew);

/* Begin nothing more; crew_next hands out what is done by now, and ends. For any
 * thread; twice is harmless. */
void crew_stop(struct crew *crew);

/* Until what was begun has ended; nothing is handed out after that. */
void crew_wait(struct crew *crew);

/* Wait, and free. */
void crew_close(struct crew *crew);

#endif
