/* Written by heddle tangle from chapters/40-lock.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#include <stdio.h>

#include "items/item-54-workers.h"

static int count;

static void *add_one(void *arg)
{
    count += 1;             /* five workers, once each, and no lock */
    return arg;
}

int main(void)
{
    int err = run_workers(add_one, NULL);

    printf("counted %d of %d\n", count, WORKERS);
    return err != 0;
}
