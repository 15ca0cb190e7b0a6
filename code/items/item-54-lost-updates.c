/* Written by heddle tangle from chapters/40-lock.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#include <stdatomic.h>
#include <stdio.h>

#include "items/item-54-workers.h"

static atomic_int count;

static void *count_up(void *arg)
{
    for (int i = 0; i < HOW_MANY; i++) {
        int value = atomic_load(&count);
        int result = value + 1;

        atomic_store(&count, result);
    }
    return arg;
}

int main(void)
{
    int err;

    do {
        atomic_store(&count, 0);
        err = run_workers(count_up, NULL);
    } while (err == 0 && count == WORKERS * HOW_MANY);
    printf("counted %d of %d\n", count, WORKERS * HOW_MANY);
    return err != 0;
}
