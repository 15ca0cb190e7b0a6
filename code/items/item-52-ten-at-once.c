/* Written by heddle tangle from chapters/20-subprocess.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <time.h>

#include "lib/process.h"

int main(void)
{
    struct process children[10];
    struct timespec from, to;
    int err = 0;

    timespec_get(&from, TIME_UTC);
    for (int i = 0; i < 10; i++)
        err |= PROCESS_START(&children[i], PROCESS_ARGV("sleep", "0.5"));
    for (int i = 0; i < 10; i++)
        err |= process_wait(&children[i], PROCESS_FOREVER, NULL);
    timespec_get(&to, TIME_UTC);
    printf("Finished in %.2f seconds\n",
           (double)(to.tv_sec - from.tv_sec) +
               (double)(to.tv_nsec - from.tv_nsec) / 1e9);
    for (int i = 0; i < 10; i++)
        process_destroy(&children[i]);
    return err != 0;
}
