/* Written by heddle tangle from chapters/40-lock.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#include <pthread.h>
#include <stdio.h>
#include <time.h>

enum { TIMES = 1000000 };

int main(void)
{
    static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    static volatile int guarded;
    clock_t start = clock();

    for (int i = 0; i < TIMES; i++) {
        pthread_mutex_lock(&lock);
        guarded++;
        pthread_mutex_unlock(&lock);
    }
    printf("%.1f ns for a lock, an addition and an unlock\n",
           (double)(clock() - start) / CLOCKS_PER_SEC / TIMES * 1e9);
    return guarded != TIMES;
}
