/* Written by heddle tangle from chapters/20-subprocess.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#include <stdio.h>

#include "lib/process.h"

int main(void)
{
    struct process_result result;
    int err;

    err = PROCESS_RUN(&result,
                      PROCESS_ARGV("echo", "Hello from the child process"),
                      .capture_output = true);
    if (err == 0)
        err = process_check(&result);
    if (err == 0)
        fputs(result.out, stdout);
    else
        fprintf(stderr, "%s\n", result.message);
    process_result_destroy(&result);
    return err != 0;
}
