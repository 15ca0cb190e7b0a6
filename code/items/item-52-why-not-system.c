/* Written by heddle tangle from chapters/20-subprocess.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>

#include "lib/process.h"

int main(void)
{
    struct process_result result;
    int status, err;

    const char *name = "my file; echo gotcha";
    char command[64];

    snprintf(command, sizeof command, "echo %s", name);
    status = system(command);

    err = PROCESS_RUN(&result, PROCESS_ARGV("echo", name));
    process_result_destroy(&result);
    return status != 0 || err != 0;
}
