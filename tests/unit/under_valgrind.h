/*
 * Does valgrind run this test? It makes vfork a fork, so that a child whose
 * exec fails cannot tell its parent; the few tests of that skip by name.
 */
#ifndef HEDDLE_TESTS_UNDER_VALGRIND_H
#define HEDDLE_TESTS_UNDER_VALGRIND_H

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static inline bool under_valgrind(void)
{
    const char *preloaded = getenv("LD_PRELOAD");

    return preloaded != NULL && strstr(preloaded, "vgpreload") != NULL;
}

#endif
