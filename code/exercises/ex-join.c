/* Written by heddle tangle from chapters/95-exercises.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#define _POSIX_C_SOURCE 200809L

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>

static int result[2];

static void *compute(void *arg)
{
    int *own = arg;

    *own = 21;
    return NULL;
}

int main(void)
{
    pthread_t a, b;

    pthread_create(&a, NULL, compute, &result[0]);
    pthread_create(&b, NULL, compute, &result[1]);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    printf("%d\n", result[0] + result[1]);
    return 0;
}
