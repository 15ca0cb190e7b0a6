/* Written by heddle tangle from chapters/95-exercises.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#define _POSIX_C_SOURCE 200809L

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>

struct node {
    struct node *next;
};

static struct node nodes[2];
static struct node *_Atomic head;

static void run_both(void *(*one)(void *), void *(*other)(void *))
{
    pthread_t first, second;

    pthread_create(&first, NULL, one, NULL);
    pthread_create(&second, NULL, other, NULL);
    pthread_join(first, NULL);
    pthread_join(second, NULL);
}

static void push(struct node *node)
{
    node->next = head;
    while (!atomic_compare_exchange_strong(&head, &node->next, node))
        ; /* it has put what is there now into node->next */
}

static void *one(void *arg)
{
    push(&nodes[0]);
    return arg;
}

static void *other(void *arg)
{
    push(&nodes[1]);
    return arg;
}

int main(void)
{
    int count = 0;

    run_both(one, other);
    for (struct node *node = head; node != NULL; node = node->next)
        count++;
    printf("%d\n", count);
    return 0;
}
