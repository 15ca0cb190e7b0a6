/* Written by heddle tangle from chapters/81-thread-inside.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#include <errno.h>
#include <pthread.h>
#include <stdio.h>

#include "lib/thread.h"

static void *leave_in_the_middle(void *arg, struct thread_error *error)
{
    thread_fail(error, EIO, "half a");
    pthread_exit(arg); /* not through `return` */
}

int main(void)
{
    struct thread_error error;
    struct thread thread;
    int err = thread_start(&thread, NULL, leave_in_the_middle, &thread);

    if (err != 0)
        return 1;
    err = thread_join(&thread, NULL, &error);
    printf("%s: %s\n", err == ECANCELED ? "ECANCELED" : "?", error.text);
    return 0;
}
