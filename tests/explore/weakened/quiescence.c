/*
 * Read, copy, update by quiescent states: what was replaced is freed when each reader has
 * said, since then, that it holds nothing.
 *
 * 1 found: the reader need not see what is in the node
 * 2 found: what the reader has read need not have happened before
 * 3 found: as 1, from its side
 * 4 found: as 2, from its side
 */
enum { THREADS = 2 };
#include "weakened.h"

static _Atomic(int *) shared;
static atomic_bool is_quiet;
static int seen = 7;

static void read_it(void)
{
    int *node = LOAD(1, &shared, acquire, relaxed);

    if (node != NULL)
        seen = *node;
    STORE(2, &is_quiet, true, release, relaxed);
}

static void replace_it(void)
{
    int *node = malloc(sizeof *node);

    assert(node != NULL);
    *node = 7;
    STORE(3, &shared, node, release, relaxed);
    RELAXED_STORE(&shared, NULL);
    while (!LOAD(4, &is_quiet, acquire, relaxed))
        ;
    free(node);
}

static void work(int self)
{
    if (self == 0)
        read_it();
    else
        replace_it();
}

static bool is_right(void)
{
    return seen == 7;
}
