/* Written by heddle tangle from chapters/40-lock.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#include <pthread.h>
#include <stdio.h>

static int count;

static void *count_up(void *arg)
{
    for (int i = 0; i < 3; i++)
        count += 1;
    return arg;
}

int main(void)
{
    pthread_t one, two;

    if (pthread_create(&one, NULL, count_up, NULL) != 0 ||
        pthread_create(&two, NULL, count_up, NULL) != 0)
        return 1;
    pthread_join(one, NULL);
    pthread_join(two, NULL);
    printf("the count is %d\n", count);
    return 0;
}
