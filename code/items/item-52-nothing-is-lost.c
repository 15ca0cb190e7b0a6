/* Written by heddle tangle from chapters/20-subprocess.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/process.h"

int main(void)
{
    size_t size = 8 << 20;
    char *input = malloc(size);
    struct process child;
    int err;

    if (input == NULL)
        return 1;
    memset(input, 'x', size);
    err = PROCESS_START(&child, PROCESS_ARGV("cat"), .stdin_from = PROCESS_PIPE,
                        .stdout_to = PROCESS_PIPE);
    if (err == 0) {
        err = process_communicate(&child, input, size, 1);
        while (err == ETIMEDOUT)
            err = process_communicate(&child, NULL, 0, 1);
        printf("%zu bytes, %s\n", child.result.out_size,
               memcmp(child.result.out, input, size) == 0 ? "all the same"
                                                          : "but not the same");
    }
    process_destroy(&child);
    free(input);
    return err != 0;
}
