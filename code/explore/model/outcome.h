/*
 * Outcomes: what the program printed, and how it ended. Runs with the same
 * are one outcome, shown by the most natural of their schedules: the one with
 * the fewest wake-ups without cause and calls made to fail, then the fewest
 * preemptions, then the fewest limits passed early, then the fewest switches,
 * then the fewest steps, then whichever was found first.
 */
#ifndef EXPLORE_MODEL_OUTCOME_H
#define EXPLORE_MODEL_OUTCOME_H

#include <stddef.h>

#include "explore/model/record.h"

struct outcome {
    enum ending ending;
    int status;
    char *fault;                  /* of misuse and the like; "" otherwise */
    uintptr_t fault_place, since; /* ... and where it was ... */
    char was[16];                 /* "freed", say, or "" */
    char *out, *err;              /* what it printed */
    size_t out_size, err_size;
    unsigned long runs;
    unsigned unlucky, preemptions, hasty, switches; /* of the schedule below */
    struct choice *choices;
    uint32_t choice_count;
    uint32_t thread_count; /* the threads at the end of that run */
    struct leftover leftovers[THREADS_MOST];
    char names[THREADS_MOST][NAME_SIZE];
    uintptr_t routines[THREADS_MOST];
    unsigned order; /* found as the n-th */
};

struct outcomes {
    struct outcome *list;
    size_t count, room;
};

/* What one run has printed. */
struct printed {
    const char *out, *err;
    size_t out_size, err_size;
};

/* Count a run; its text is copied when it is new. */
void outcomes_add(struct outcomes *outcomes, const struct record *run,
                  const struct printed *printed);

/* Count the runs of an outcome that was found elsewhere. What it points to is ours from
 * now on, or freed. */
void outcomes_join(struct outcomes *outcomes, struct outcome *other);

/* Which of them such a run has; outcomes->count: none. */
size_t outcomes_find(const struct outcomes *outcomes, const struct record *run,
                     const struct printed *printed);

/* The order in which they are told: the most natural first. */
void outcomes_sort(struct outcomes *outcomes);

void outcomes_free(struct outcomes *outcomes);

#endif
