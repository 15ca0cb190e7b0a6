/*
 * The oracle: what can a program of tests/explore/programs/interpret.c do?
 *
 * It knows nothing of the explorer. From every state it tries every thread,
 * with a set of the states that it has seen, and collects what was printed
 * and how it ended. Its semantics are written down a second time, from POSIX and
 * C17 (explore_words.c and the files beside it).
 */
#ifndef HEDDLE_TESTS_EXPLORE_MODEL_H
#define HEDDLE_TESTS_EXPLORE_MODEL_H

#include <stdbool.h>
#include <stddef.h>

/* SPURIOUS: a thread's wake-ups that nobody caused. */
enum { MODEL_THREADS = 4, MODEL_THINGS = 8, MODEL_OUTPUT = 64, MODEL_SPURIOUS = 1 };

/* Outcomes, sorted: each "ENDING|OUTPUT". */
struct model_outcomes {
    char **list;
    size_t count, room;
    size_t states; /* that were seen on the way */
    bool too_many; /* more states than `most`: incomplete */
};

void model_run(const char *const scripts[], size_t thread_count, size_t most,
               struct model_outcomes *outcomes);

/* Keeps one of each; `text` is copied. */
void model_add(struct model_outcomes *outcomes, const char *text);
void model_sort(struct model_outcomes *outcomes);
void model_free(struct model_outcomes *outcomes);

#endif
