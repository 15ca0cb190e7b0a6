/*
 * The search through execution graphs, over the litmus language: no program runs here.
 */
#ifndef HEDDLE_TESTS_GRAPH_SEARCH_H
#define HEDDLE_TESTS_GRAPH_SEARCH_H

#include <stddef.h>

#include "litmus_language.h"

enum { KEY = 1024 };

/* A set of texts, which it owns. */
struct texts {
    char **list; /* NULL where there is none */
    size_t count, room;
};

/* True when it was not there. */
bool texts_add(struct texts *texts, const char *text);
bool texts_have(const struct texts *texts, const char *text);
void texts_free(struct texts *texts);

/* What each thread asks for next, and what the registers hold. */
struct asked {
    enum litmus_state states[LITMUS_THREADS];
    struct label labels[LITMUS_THREADS];
    int registers[LITMUS_NAMES];
};

void litmus_ask(const struct litmus *program, const struct graph *graph, struct asked *asked);
bool litmus_have_ended(const struct litmus *program, const struct asked *asked);

/* rf and co, by names of events that last. */
void graph_key(const struct graph *graph, char key[KEY]);

struct found {
    const struct litmus *program;
    enum memory memory;
    struct texts states, whole, stuck, seen; /* seen: an enumeration's */
    unsigned long executions, deadlocks, duplicates, blocked;
};

/* All graphs of the program, as the explorer's search finds them. */
void found_search(struct found *found, const struct litmus *program, enum memory memory);
void found_take_state(struct found *found, const struct graph *graph, const struct asked *asked);
void found_free(struct found *found);

#endif
