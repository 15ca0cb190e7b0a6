/* Written by heddle tangle from chapters/20-subprocess.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#include <stdio.h>

#include "lib/process.h"

static int print_line(void *context, int stream, const char *line, size_t size)
{
    (void)context, (void)size;
    printf("%s: %s", stream == 1 ? "out" : "err", line);
    return 0; /* an errno value would end the child */
}

int main(void)
{
    struct process_result result;
    int err;

    err = PROCESS_RUN(&result, PROCESS_ARGV("sh", "-c", "echo a; echo b >&2"),
                      .capture_output = true, .on_output = print_line,
                      .by_line = true);
    process_result_destroy(&result);
    return err;
}
