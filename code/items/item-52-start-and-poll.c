/* Written by heddle tangle from chapters/20-subprocess.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#include <errno.h>
#include <stdio.h>

#include "lib/process.h"

int main(void)
{
    struct process child;
    int status = -1, err;

    err = PROCESS_START(&child, PROCESS_ARGV("cat"),
                        .stdin_from = PROCESS_PIPE);
    for (int i = 1; process_poll(&child, &status) == EBUSY; i++) {
        if (i <= 3)
            puts("Working...");
        if (i == 3) /* cat reads the end of its input, and ends */
            process_close(&child.stdin_fd);
    }
    if (err == 0)
        printf("Exit status %d\n", status);
    process_destroy(&child);
    return err != 0;
}
