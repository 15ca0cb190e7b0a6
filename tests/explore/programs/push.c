/*
 * Two threads push onto a list, each with weak compare-exchanges until one succeeds.
 */
#include <stdatomic.h>

#include "crew.h"

static struct node {
    struct node *next;
} nodes[2];

static struct node *_Atomic list;

static void *push(void *argument)
{
    struct node *node = &nodes[crew_number(argument)];

    node->next = atomic_load(&list);
    while (!atomic_compare_exchange_weak(&list, &node->next, node))
        ;
    return NULL;
}

int main(void)
{
    crew_run(push, 2);
    return 0;
}
