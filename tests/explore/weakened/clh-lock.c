/*
 * The lock of Craig, Landin and Hagersten (1993).
 *
 * 1 found: the node before need not be seen as locked
 * 2 found: what was done under the lock need not have happened before
 * 3 found: the same, from the other side
 */
enum { THREADS = 2 };
#include "weakened.h"

static struct node {
    atomic_bool locked;
} first, nodes[2];

static _Atomic(struct node *) tail = &first;
static int counter;

static void work(int self)
{
    struct node *before;

    RELAXED_STORE(&nodes[self].locked, true);
    before = EXCHANGE(1, &tail, &nodes[self], acq_rel, relaxed);
    while (LOAD(2, &before->locked, acquire, relaxed))
        ;
    counter++;
    STORE(3, &nodes[self].locked, false, release, relaxed);
}

static bool is_right(void)
{
    return counter == 2;
}
