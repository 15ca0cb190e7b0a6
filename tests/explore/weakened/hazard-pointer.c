/*
 * Hazard pointers (Michael, 2004): a reader says which node it uses; who takes the node
 * away frees it only if nobody does.
 *
 * 1 found: the node may be looked at again before it is said to be in use
 * 2 found: it may be seen as not in use before it is away
 * 3 harmless: by the fence the first look, which found the same node, has acquired it
 * 4 found: what the reader reads of the node need not have happened before it is freed
 * 5 found: the same, from its side
 * 6 found: the reader need not see what is in the node
 */
enum { THREADS = 2 };
#include "weakened.h"

static _Atomic(int *) shared, hazard;
static int seen = 7;

static void read_it(void)
{
    int *node = RELAXED_LOAD(&shared);

    RELAXED_STORE(&hazard, node);
    FENCE(1, seq_cst, acq_rel);
    if (node != NULL && LOAD(3, &shared, acquire, relaxed) == node)
        seen = *node;
    STORE(4, &hazard, NULL, release, relaxed);
}

static void take_it_away(void)
{
    int *node = malloc(sizeof *node);

    assert(node != NULL);
    *node = 7;
    STORE(6, &shared, node, release, relaxed);
    RELAXED_STORE(&shared, NULL);
    FENCE(2, seq_cst, acq_rel);
    if (LOAD(5, &hazard, acquire, relaxed) != node)
        free(node);
}

static void work(int self)
{
    if (self == 0)
        read_it();
    else
        take_it_away();
}

static bool is_right(void)
{
    return seen == 7;
}
