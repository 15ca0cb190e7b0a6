/* Written by heddle tangle from chapters/20-subprocess.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#include <errno.h>
#include <stdio.h>

#include "lib/process.h"

int main(void)
{
    struct process_result result;
    int err;

    err = PROCESS_RUN(&result, PROCESS_ARGV("sleep", "10"),
                      .timeout_ms = 100);
    if (err == ETIMEDOUT)
        printf("%s\n%d\n", result.message, result.returncode);
    process_result_destroy(&result);
    return err != ETIMEDOUT;
}
