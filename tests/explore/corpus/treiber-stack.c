/*
 * Treiber's stack: two push with a compare-exchange, and both are there, the later
 * one on top.
 *
 * can: exit 0 | ab\n
 * can: exit 0 | ba\n
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

struct node {
    struct node *next;
    char name;
};

static struct node *_Atomic top;

static void *push(void *argument)
{
    struct node *node = argument;

    node->next = atomic_load(&top);
    while (!atomic_compare_exchange_strong(&top, &node->next, node))
        ;
    return NULL;
}

int main(void)
{
    static struct node nodes[2] = {{NULL, 'a'}, {NULL, 'b'}};
    pthread_t a, b;

    pthread_create(&a, NULL, push, &nodes[0]);
    pthread_create(&b, NULL, push, &nodes[1]);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    for (const struct node *node = top; node != NULL; node = node->next)
        putchar(node->name);
    putchar('\n');
    return 0;
}
