/*
 * A litmus program that was compiled: what machine.awk writes and machine.c runs.
 */
#ifndef HEDDLE_TESTS_MACHINE_H
#define HEDDLE_TESTS_MACHINE_H

#include <stdatomic.h>
#include <stddef.h>

enum { LOCATIONS = 3, REGISTERS = 8, THREADS = 4 };

/* One round's variables, each location in a cache line of its own. */
struct instance {
    struct {
        _Alignas(64) atomic_int value;
    } places[LOCATIONS];
    _Alignas(64) atomic_int come;
    _Alignas(64) int registers[REGISTERS];
};

struct program {
    const char *name;
    int threads;
    void (*run[THREADS])(struct instance *);
    const char *registers, *locations; /* the letters of their names */
    const char *sc, *more;             /* states apart by ", "; more: what x86 adds, or "-" */
};

extern const struct program programs[];
extern const size_t program_count;

#endif
