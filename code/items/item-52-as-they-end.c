/* Written by heddle tangle from chapters/20-subprocess.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#include <stdio.h>

#include "lib/process.h"

int main(void)
{
    static const char *const digits[] = {"0", "1", "2", "3", "4",
                                         "5", "6", "7", "8", "9"};
    struct process children[10];
    size_t i;
    int err = 0;

    for (i = 0; i < 10; i++)
        err |= PROCESS_START(&children[i],
                             PROCESS_ARGV("expr", digits[i], "*", "7"),
                             .stdout_to = PROCESS_PIPE);
    while (process_next(children, 10, PROCESS_FOREVER, &i) == 0)
        printf("%s", children[i].result.out);
    for (i = 0; i < 10; i++)
        process_destroy(&children[i]);
    return err != 0;
}
