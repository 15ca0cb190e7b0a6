/*
 * Vyukov's queue: two threads put nodes in, a third takes one out.
 *
 * 1 found: the other's end of the list may be written over what hangs behind it
 * 2 found: the node's value is read, and nothing says that it was written
 * 3 found: the same, from its side
 */
enum { THREADS = 3 };
#include "weakened.h"

static struct node {
    int value;
    _Atomic(struct node *) next;
} stub, nodes[2];

static _Atomic(struct node *) head = &stub;
static int sum;

static void put(struct node *node)
{
    struct node *before;

    RELAXED_STORE(&node->next, NULL);
    before = EXCHANGE(1, &head, node, acq_rel, relaxed);
    STORE(2, &before->next, node, release, relaxed);
}

static void work(int self)
{
    struct node *first;

    if (self < 2) {
        nodes[self].value = 1;
        put(&nodes[self]);
    } else if ((first = LOAD(3, &stub.next, acquire, relaxed)) != NULL) {
        sum += first->value;
    }
}

/* Both hang in the list. */
static bool is_right(void)
{
    struct node *first = RELAXED_LOAD(&stub.next);

    return sum <= 1 && first != NULL && RELAXED_LOAD(&first->next) != NULL;
}
