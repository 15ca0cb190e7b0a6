/* Written by heddle tangle from chapters/40-lock.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>

static bool flag;

static void *wait_for_it(void *arg)
{
    volatile int busy = 0;

    while (!flag)
        (void)busy; /* and look again */
    puts("seen");
    return arg;
}

int main(void)
{
    pthread_t thread;

    if (pthread_create(&thread, NULL, wait_for_it, NULL) != 0)
        return 1;
    flag = true;
    pthread_join(thread, NULL);
    return 0;
}
