/* Written by heddle tangle from chapters/20-subprocess.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#include <errno.h>
#include <stdio.h>

#include "lib/process.h"

int main(void)
{
    struct process child;
    int looks = 0, status = -1, err;

    err = PROCESS_START(&child, PROCESS_ARGV("cat"),
                        .stdin_from = PROCESS_PIPE);
    while (process_poll(&child, &status) == EBUSY) {
        if (looks++ < 3)
            puts("Working...");
        /* cat sees the end, and ends */
        if (looks == 3)
            process_close(&child.stdin_fd);
    }
    if (err == 0)
        printf("Exit status %d\n", status);
    process_destroy(&child);
    return err != 0;
}
