/*
 * Random programs for tests/explore/programs/interpret.c, and what the oracle
 * and the explorer say of one.
 */
#ifndef HEDDLE_TESTS_RANDOM_PROGRAM_H
#define HEDDLE_TESTS_RANDOM_PROGRAM_H

#include "explore_run.h"

enum { SCRIPT_SIZE = 96, STATES_MOST = 50000 };

struct program {
    char scripts[MODEL_THREADS][SCRIPT_SIZE];
    size_t threads;
};

/* The same numbers everywhere. */
void random_start(uint64_t seed);
unsigned random_below(unsigned limit);

void program_add_word(char *script, char verb, unsigned thing);
void program_add_one_of(char *script, const char *verbs, unsigned thing);
void program_add_words(char *script, const char *words);

/* Two or three threads that meet in two or three kinds of things, of all that
 * interpret.c has. */
void program_make(struct program *program);

/* What a word is about: "mutex, robust"; NULL when it is about nothing. */
const char *program_construct(const char *word);

/* False: too many states; `model` is empty then. */
bool program_model(const struct program *program, struct model_outcomes *model);

/* `options` are words for EXPLORE. The caller frees `explored`, also when it was not
 * done in time: then that is false. */
bool program_explore(const struct program *program, const char *options, struct explored *explored);

bool outcomes_same(const struct model_outcomes *a, const struct model_outcomes *b);
void outcomes_print(const char *who, const struct model_outcomes *outcomes);
void program_print(const struct program *program);

#endif
