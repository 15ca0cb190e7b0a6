/* Written by heddle tangle from chapters/20-subprocess.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#include <errno.h>
#include <stdio.h>

#include "lib/process.h"

int main(void)
{
    struct process yes, head;
    int status = 0;
    int err = PROCESS_START(&yes, PROCESS_ARGV("yes"),
                            .stdout_to = PROCESS_PIPE);

    err |= PROCESS_START(&head, PROCESS_ARGV("head", "-n", "1"),
                         .stdin_from = PROCESS_FD, .stdin_fd = yes.stdout_fd);
    process_wait(&head, PROCESS_FOREVER, NULL);
    if (process_wait(&yes, 200, &status) == ETIMEDOUT)
        puts("yes: waiting for a reader that never reads: us");
    process_close(&yes.stdout_fd); /* the two lines, in one */
    process_wait(&yes, PROCESS_FOREVER, &status);
    printf("yes: %d\n", status);
    process_destroy(&yes);
    process_destroy(&head);
    return err != 0;
}
