/* Written by heddle tangle from chapters/20-subprocess.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#include <stdio.h>

#include "lib/process.h"

int main(void)
{
    struct process_result result;
    int err;

    err = PROCESS_RUN(&result, PROCESS_ARGV("test", "-d", "someFolder"));
    printf("error %d, exit status %d\n", err, result.returncode);
    process_result_destroy(&result);
    err = PROCESS_RUN(&result, PROCESS_ARGV("test", "-d", "someFolder"),
                      .check = true);
    if (err != 0)
        puts(result.message);
    process_result_destroy(&result);
    return err != 0;
}
