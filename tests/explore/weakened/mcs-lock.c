/*
 * The lock of Mellor-Crummey and Scott (1991).
 *
 * 1 found: the node before may be made ready over what hangs behind it
 * 2 found: the node behind may be made to wait after it was told to go
 * 3 found: what was done under the lock need not have happened before
 * 4 found: whoever comes next finds the lock free, and knows nothing of what was done
 * 5 found: as 2, from its side
 * 6 found: as 3, from its side
 */
enum { THREADS = 2 };
#include "weakened.h"

static struct node {
    _Atomic(struct node *) next;
    atomic_bool waits;
} nodes[2];

static _Atomic(struct node *) tail;
static int counter;

static void lock(struct node *node)
{
    struct node *before;

    RELAXED_STORE(&node->next, NULL);
    RELAXED_STORE(&node->waits, true);
    before = EXCHANGE(1, &tail, node, acq_rel, relaxed);
    if (before == NULL)
        return;
    STORE(2, &before->next, node, release, relaxed);
    while (LOAD(3, &node->waits, acquire, relaxed))
        ;
}

static void unlock(struct node *node)
{
    struct node *end = node, *next = LOAD(5, &node->next, acquire, relaxed);

    if (next == NULL) {
        if (SWAP(4, &tail, &end, NULL, release, relaxed))
            return;
        while ((next = LOAD(5, &node->next, acquire, relaxed)) == NULL)
            ;
    }
    STORE(6, &next->waits, false, release, relaxed);
}

static void work(int self)
{
    lock(&nodes[self]);
    counter++;
    unlock(&nodes[self]);
}

static bool is_right(void)
{
    return counter == 2;
}
