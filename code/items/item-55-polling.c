/* Written by heddle tangle from chapters/50-queue.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>

enum { STAGES = 3, PICTURES = 20, LOOKS = 100 };

struct list {
    pthread_mutex_t lock;
    size_t count;
    int pictures[PICTURES];
    atomic_int looks_in_vain;
    struct list *next; /* what is done goes there; NULL: it was the last */
};

static int take(struct list *list)
{
    int picture;

    pthread_mutex_lock(&list->lock);
    while (list->count == 0) {
        pthread_mutex_unlock(&list->lock);
        atomic_fetch_add(&list->looks_in_vain, 1);
        sched_yield();
        pthread_mutex_lock(&list->lock);
    }
    picture = list->pictures[--list->count];
    pthread_mutex_unlock(&list->lock);
    return picture;
}

static void add(struct list *list, int picture)
{
    pthread_mutex_lock(&list->lock);
    list->pictures[list->count++] = picture;
    pthread_mutex_unlock(&list->lock);
}

static void *run_stage(void *arg)
{
    struct list *list = arg;

    for (int i = 0; i < PICTURES; i++) { /* no list says when to stop */
        int picture = take(list);

        if (list->next != NULL)
            add(list->next, picture);
    }
    return NULL;
}

/* Until every stage has looked `looks` times and found nothing. */
static void wait_for_looks(struct list lists[], int looks)
{
    for (int i = 0; i < STAGES; i++)
        while (atomic_load(&lists[i].looks_in_vain) < looks)
            sched_yield();
}

int main(void)
{
    static struct list lists[STAGES];
    pthread_t threads[STAGES];
    int sum = 0;

    for (int i = 0; i < STAGES; i++) {
        pthread_mutex_init(&lists[i].lock, NULL);
        lists[i].next = i + 1 < STAGES ? &lists[i + 1] : NULL;
        if (pthread_create(&threads[i], NULL, run_stage, &lists[i]) != 0)
            return 1;
    }
    for (int i = 0; i < PICTURES; i++) {
        wait_for_looks(lists, (i + 1) * LOOKS);
        add(&lists[0], i);
    }
    for (int i = 0; i < STAGES; i++) {
        pthread_join(threads[i], NULL);
        sum += atomic_load(&lists[i].looks_in_vain);
    }
    if (sum >= STAGES * PICTURES * LOOKS)
        printf("%d stages, %d pictures: at least %d looks in vain\n", STAGES,
               PICTURES, STAGES * PICTURES * LOOKS);
    return 0;
}
