/*
 * A second opinion of litmus programs: all candidates, judged by what the models' papers
 * say, word by word. It shares nothing with the explorer, neither the search nor the
 * predicates, and is for small programs: each read is given each write there is, and each
 * location's writes every order.
 *
 * Mutexes and semaphores it does not know.
 */
#ifndef HEDDLE_TESTS_LITMUS_ORACLE_H
#define HEDDLE_TESTS_LITMUS_ORACLE_H

#include "litmus_language.h"

struct opinion {
    /* Each consistent execution in which all threads come to their ends, as
     * litmus_state_text() writes it. */
    void (*execution)(void *context, const char *state);
    void *context;
};

/* False, and nothing is said, when there are more candidates than `most`. */
bool opinion_give(const struct opinion *opinion, const struct litmus *program, enum memory memory,
                  double most);

#endif
