/*
 * Treiber's stack: one thread pushes two nodes, another pops.
 *
 * 1 found: the popper reads a node's value, and nothing says that it was written
 * 2 found: the same, from its side
 * 3 harmless: that it still is on top was learnt from the same write by load 2
 */
enum { THREADS = 2 };
#include "weakened.h"

static struct node {
    int value;
    struct node *next;
} nodes[2];

static _Atomic(struct node *) top;
static int sum;

static void push(struct node *node)
{
    struct node *old = RELAXED_LOAD(&top);

    do
        node->next = old;
    while (!SWAP(1, &top, &old, node, release, relaxed));
}

static struct node *pop(void)
{
    struct node *old = LOAD(2, &top, acquire, relaxed);

    while (old != NULL && !SWAP(3, &top, &old, old->next, acquire, relaxed))
        old = LOAD(2, &top, acquire, relaxed);
    return old;
}

static void work(int self)
{
    for (int i = 0; i < 2; i++) {
        struct node *node = &nodes[i];

        if (self == 0)
            node->value = 1, push(node);
        else if ((node = pop()) != NULL)
            sum += node->value;
    }
}

static bool is_right(void)
{
    return sum <= 2;
}
