/* Written by heddle tangle from chapters/20-subprocess.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#include <errno.h>
#include <stdio.h>

#include "lib/process.h"

int main(void)
{
    struct process child;
    int status = 0;
    int err = PROCESS_START(&child, PROCESS_ARGV("sleep", "10"));

    if (err == 0) {
        err = process_communicate(&child, NULL, 0, 100);
        if (err == ETIMEDOUT) {
            process_terminate(&child);
            err = process_wait(&child, PROCESS_FOREVER, &status);
        }
        printf("%d\n", status);
    }
    process_destroy(&child);
    return err != 0;
}
