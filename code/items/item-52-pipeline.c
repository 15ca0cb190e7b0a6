/* Written by heddle tangle from chapters/20-subprocess.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#include <stdio.h>

#include "lib/process.h"

int main(void)
{
    struct process_result result;

    const char *const *const row[] = {
        PROCESS_ARGV("yes"),
        PROCESS_ARGV("head", "-n", "2"),
        PROCESS_ARGV("wc", "-l"),
    };
    int ends[3];
    int err = process_pipeline(row, 3,
                               &(struct process_options){.capture_output = true},
                               ends, &result);
    printf("%s%d %d %d\n", result.out, ends[0], ends[1], ends[2]);
    process_result_destroy(&result);
    return err != 0;
}
