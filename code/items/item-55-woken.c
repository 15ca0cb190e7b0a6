/* Written by heddle tangle from chapters/83-queue-inside.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#define _XOPEN_SOURCE 700 /* PTHREAD_MUTEX_RECURSIVE */
#include <pthread.h>
#include <stdio.h>

static int sleeps; /* under the queue's lock, as its condition is */
static pthread_cond_t asleep = PTHREAD_COND_INITIALIZER;

static int counted_wait(pthread_cond_t *condition, pthread_mutex_t *lock)
{
    sleeps++;
    pthread_cond_signal(&asleep);
    return pthread_cond_wait(condition, lock);
}

#define pthread_cond_wait counted_wait
#include "items/item-55-textbook.h"
#undef pthread_cond_wait

enum { TIMES = 1000 };

static void put_and_take(struct textbook *q)
{
    pthread_mutex_lock(&q->lock); /* the consumer cannot have it */
    textbook_put(q, q);           /* wakes the consumer */
    textbook_get(q);              /* takes what it was woken for */
    pthread_mutex_unlock(&q->lock);
}

static void until_it_slept(struct textbook *q, int times)
{
    pthread_mutex_lock(&q->lock);
    while (sleeps < times)
        pthread_cond_wait(&asleep, &q->lock);
    pthread_mutex_unlock(&q->lock);
}

static void *consume(void *queue)
{
    return textbook_get(queue);
}

static int make_recursive(pthread_mutex_t *lock)
{
    pthread_mutexattr_t recursive;

    pthread_mutexattr_init(&recursive);
    pthread_mutexattr_settype(&recursive, PTHREAD_MUTEX_RECURSIVE);
    return pthread_mutex_init(lock, &recursive);
}

int main(void)
{
    struct textbook queue;
    pthread_t consumer;

    if (textbook_init(&queue, 1) != 0 || make_recursive(&queue.lock) != 0 ||
        pthread_create(&consumer, NULL, consume, &queue) != 0)
        return 1;
    for (int i = 1; i <= TIMES; i++) {
        until_it_slept(&queue, i);
        put_and_take(&queue);
    }
    until_it_slept(&queue, TIMES + 1);
    textbook_put(&queue, &queue);
    pthread_join(consumer, NULL);
    printf("got 1 item, woken %d times\n", sleeps);
    free(queue.ring);
    return 0;
}
