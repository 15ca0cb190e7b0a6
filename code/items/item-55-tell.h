/* Written by heddle tangle from chapters/50-queue.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#include <errno.h>
#include <stdio.h>

static void tell(const char *what, int err)
{
    const char *outcome = err == 0           ? "done"
                          : err == EAGAIN    ? "would have to wait"
                          : err == ETIMEDOUT ? "not in time"
                          : err == EPIPE     ? "closed"
                                             : "something else";

    printf("%s: %s\n", what, outcome);
}
