/* Written by heddle tangle from chapters/20-subprocess.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#include <errno.h>
#include <stdio.h>

#include "lib/process.h"

int main(void)
{
    struct process child;
    int err = PROCESS_START(&child, PROCESS_ARGV("sleep", "10"),
                            .capture_output = true);

    if (err == 0) {
        err = process_communicate(&child, NULL, 0, 100);
        if (err == ETIMEDOUT) {
            puts(child.result.message);
            process_kill(&child);
            err = process_communicate(&child, NULL, 0, PROCESS_FOREVER);
        }
        printf("%d, %zu bytes\n", child.result.returncode,
               child.result.out_size);
    }
    process_destroy(&child);
    return err != 0;
}
