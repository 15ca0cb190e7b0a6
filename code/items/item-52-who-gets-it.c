/* Written by heddle tangle from chapters/20-subprocess.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#define _POSIX_C_SOURCE 200809L /* mkfifo */

#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/process.h"

/* The next child waits in its `read` for a line from this FIFO. */
static void say_go(void)
{
    int fd = open("go", O_WRONLY | O_CLOEXEC);

    if (fd < 0 || write(fd, "\n", 1) != 1)
        perror("go");
    close(fd);
}

static int chain(bool close_ours)
{
    static const char data[100];
    struct process cat, next;
    int err = PROCESS_START(&cat, PROCESS_ARGV("cat"),
                            .stdin_from = PROCESS_PIPE,
                            .stdout_to = PROCESS_PIPE);

    err |= PROCESS_START(&next, PROCESS_ARGV("sh", "-c", "read go < go; wc -c"),
                         .stdin_from = PROCESS_FD, .stdin_fd = cat.stdout_fd,
                         .stdout_to = PROCESS_PIPE);
    if (close_ours)
        process_close(&cat.stdout_fd);
    err |= process_communicate(&cat, data, sizeof data, PROCESS_FOREVER);
    say_go(); /* and now the next child reads */
    err |= process_communicate(&next, NULL, 0, PROCESS_FOREVER);
    printf("%s: we got %zu bytes, and the next child %s",
           close_ours ? "closed" : "open", cat.result.out_size, next.result.out);
    process_destroy(&cat);
    process_destroy(&next);
    return err;
}

int main(void)
{
    int err = mkfifo("go", 0600);

    if (err == 0)
        err = chain(false) | chain(true);
    return err != 0;
}
