/* Written by heddle tangle from chapters/83-queue-inside.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>

struct textbook {
    pthread_mutex_t lock; /* for everything below */
    pthread_cond_t not_empty, not_full, all_done;
    void **ring;
    size_t capacity, oldest, count, unfinished;
};

static inline int textbook_init(struct textbook *q, size_t capacity)
{
    *q = (struct textbook){.capacity = capacity};
    q->ring = malloc(capacity * sizeof *q->ring);
    if (q->ring == NULL)
        return ENOMEM;
    pthread_mutex_init(&q->lock, NULL);
    pthread_cond_init(&q->not_empty, NULL);
    pthread_cond_init(&q->not_full, NULL);
    pthread_cond_init(&q->all_done, NULL);
    return 0;
}

static inline void textbook_put(struct textbook *q, void *item)
{
    pthread_mutex_lock(&q->lock);
    while (q->count == q->capacity)
        pthread_cond_wait(&q->not_full, &q->lock);
    q->ring[(q->oldest + q->count++) % q->capacity] = item;
    q->unfinished++;
    pthread_cond_signal(&q->not_empty);
    pthread_mutex_unlock(&q->lock);
}

static inline void *textbook_get(struct textbook *q)
{
    void *item;

    pthread_mutex_lock(&q->lock);
    while (q->count == 0)
        pthread_cond_wait(&q->not_empty, &q->lock);
    item = q->ring[q->oldest];
    q->oldest = (q->oldest + 1) % q->capacity;
    q->count--;
    pthread_cond_signal(&q->not_full);
    pthread_mutex_unlock(&q->lock);
    return item;
}

static inline void textbook_task_done(struct textbook *q)
{
    pthread_mutex_lock(&q->lock);
    if (--q->unfinished == 0)
        pthread_cond_broadcast(&q->all_done);
    pthread_mutex_unlock(&q->lock);
}

static inline void textbook_join(struct textbook *q)
{
    pthread_mutex_lock(&q->lock);
    while (q->unfinished > 0)
        pthread_cond_wait(&q->all_done, &q->lock);
    pthread_mutex_unlock(&q->lock);
}
