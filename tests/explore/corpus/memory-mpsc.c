/*
 * Vyukov's queue of many producers and one consumer: both items come, in either order.
 *
 * can: exit 0 | 12\n
 * can: exit 0 | 21\n
 * says: "model": "rc11"
 * explore: spurious=0
 * toy: no, it knows sequential consistency only
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

struct node {
    _Atomic(struct node *) next;
    int value;
};

static struct node stub, nodes[2];
static _Atomic(struct node *) head = &stub;

static void *put(void *arg)
{
    struct node *node = arg, *before;

    node->value = node == nodes ? 1 : 2;
    atomic_store_explicit(&node->next, NULL, memory_order_relaxed);
    before = atomic_exchange_explicit(&head, node, memory_order_acq_rel);
    atomic_store_explicit(&before->next, node, memory_order_release);
    return NULL;
}

int main(void)
{
    struct node *tail = &stub;
    pthread_t one, two;

    pthread_create(&one, NULL, put, &nodes[0]);
    pthread_create(&two, NULL, put, &nodes[1]);
    for (int i = 0; i < 2; i++) {
        struct node *next;

        while ((next = atomic_load_explicit(&tail->next, memory_order_acquire)) == NULL)
            ;
        printf("%d", next->value);
        tail = next;
    }
    pthread_join(one, NULL);
    pthread_join(two, NULL);
    puts("");
    return 0;
}
