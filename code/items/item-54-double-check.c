/* Written by heddle tangle from chapters/40-lock.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#include <pthread.h>
#include <stdio.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int entry, made;
static int *table;

static int *make_table(void)
{
    entry = 7;
    made++;
    return &entry;
}

static void *use(void *arg)
{
    if (table == NULL) {            /* wrong: looks without the lock */
        pthread_mutex_lock(&lock);
        if (table == NULL)
            table = make_table();
        pthread_mutex_unlock(&lock);
    }
    return arg;
}

int main(void)
{
    pthread_t one, two;

    if (pthread_create(&one, NULL, use, NULL) != 0 ||
        pthread_create(&two, NULL, use, NULL) != 0)
        return 1;
    pthread_join(one, NULL);
    pthread_join(two, NULL);
    printf("found %d, made %d\n", *table, made);
    return 0;
}
