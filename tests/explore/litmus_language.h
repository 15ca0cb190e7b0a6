/*
 * Litmus programs as data, and their threads as far as a graph knows them.
 *
 * Threads are apart by "||", operations by ";", as tests/explore/litmus/README.md
 * tells; and besides: "C r0 x 0 1 ar" is a compare-exchange, "B r0 1" goes on only
 * if r0 is 1, "L m" and "U m" lock and unlock a mutex, "P s" and "S s" post a semaphore
 * and wait for it.
 */
#ifndef HEDDLE_TESTS_LITMUS_LANGUAGE_H
#define HEDDLE_TESTS_LITMUS_LANGUAGE_H

#include "explore/graph/trust.h"

enum { LITMUS_THREADS = 5, LITMUS_OPERATIONS = 16, LITMUS_NAMES = 32 };

struct litmus_operation {
    char kind;
    int reg, location, expected, value; /* -1: none */
    memory_order order;
};

struct litmus {
    int threads, lengths[LITMUS_THREADS], registers, locations;
    struct litmus_operation operations[LITMUS_THREADS][LITMUS_OPERATIONS];
    char register_names[LITMUS_NAMES][8], location_names[LITMUS_NAMES][8];
};

/* What a thread asks for behind what the graph has of it. */
enum litmus_state { LITMUS_ASKS, LITMUS_WAITS, LITMUS_ENDED };

void litmus_parse(struct litmus *program, const char *text);

/* Fills in the label that comes next, and the registers that the thread has set. */
enum litmus_state litmus_next(const struct litmus *program, const struct graph *graph,
                              unsigned thread, int registers[LITMUS_NAMES], struct label *label);

void litmus_begin(const struct litmus *program, struct graph *graph);

/* "r0=0 r1=1 x=1": all registers in the order of the program, all locations by name. */
void litmus_state_text(const struct litmus *program, const struct graph *graph,
                       const int registers[LITMUS_NAMES], char *text, size_t size);

#endif
