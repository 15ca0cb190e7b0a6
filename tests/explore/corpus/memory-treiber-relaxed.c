/*
 * Treiber's stack, pushed relaxed: who pops a node may find in it what it likes.
 *
 * can: exit 0 | 2\n
 * can: exit 0 | 11\n
 * races: nodes
 * explore: spurious=0
 * toy: no, it knows sequential consistency only
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

struct node {
    struct node *below;
    int value;
};

static struct node nodes[2] = {{NULL, 1}, {NULL, 2}};
static _Atomic(struct node *) top;

static void push(struct node *node)
{
    node->below = atomic_load_explicit(&top, memory_order_relaxed);
    while (!atomic_compare_exchange_weak_explicit(&top, &node->below, node, memory_order_relaxed,
                                                  memory_order_relaxed))
        ;
}

static struct node *pop(void)
{
    struct node *node = atomic_load_explicit(&top, memory_order_acquire);

    while (node != NULL &&
           !atomic_compare_exchange_weak_explicit(&top, &node, node->below, memory_order_acquire,
                                                  memory_order_acquire))
        ;
    return node;
}

static void *run(void *arg)
{
    nodes[0].value += 10;
    push(&nodes[0]);
    return arg;
}

int main(void)
{
    struct node *node;
    pthread_t thread;

    pthread_create(&thread, NULL, run, NULL);
    push(&nodes[1]);
    node = pop();
    printf("%d\n", node->value);
    pthread_join(thread, NULL);
    return 0;
}
