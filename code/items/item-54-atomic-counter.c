/* Written by heddle tangle from chapters/40-lock.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#include <stdatomic.h>
#include <stdio.h>

#include "items/item-54-workers.h"

static atomic_int count;

static void *count_up(void *arg)
{
    for (int i = 0; i < HOW_MANY; i++)
        atomic_fetch_add(&count, 1);
    return arg;
}

int main(void)
{
    int err = run_workers(count_up, NULL);

    printf("counted %d of %d\n", atomic_load(&count), WORKERS * HOW_MANY);
    return err != 0;
}
