/* Written by heddle tangle from chapters/00-preface.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#include <pthread.h>
#include <stdio.h>

static int count;

static void *add_one(void *arg)
{
    count += 1;
    return arg;
}

int main(void)
{
    pthread_t one, two;

    if (pthread_create(&one, NULL, add_one, NULL) != 0 ||
        pthread_create(&two, NULL, add_one, NULL) != 0)
        return 1;
    pthread_join(one, NULL);
    pthread_join(two, NULL);
    printf("the count is %d\n", count);
    return 0;
}
