/* Written by heddle tangle from chapters/85-process-all.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#define _GNU_SOURCE /* pipe2, ptsname_r */

#include "lib/process_inside.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* Once: interrupted by a signal, on Linux it is closed all the same. */
void process_close(int *fd)
{
    int before = errno;
    int cancel_state;

    pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &cancel_state);
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
    pthread_setcancelstate(cancel_state, NULL);
    errno = before;
}

/* Descriptors 0 to 2 may be free; a pipe end there would be in the way. */
static int move_up(int *fd)
{
    int low = *fd;
    int err;

    if (low > STDERR_FILENO)
        return 0;
    *fd = fcntl(low, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    err = *fd < 0 ? errno : 0;
    close(low);
    return err == EINVAL ? EMFILE : err; /* no number above 2 is allowed */
}

/* Marked in the same step: a child of another thread would keep it open. macOS
 * needs two steps; children of ours close it even so. */
static int marked_pipe(int ends[2])
{
#ifdef __APPLE__
    return pipe(ends) != 0 || fcntl(ends[0], F_SETFD, FD_CLOEXEC) != 0 ||
           fcntl(ends[1], F_SETFD, FD_CLOEXEC) != 0;
#else
    return pipe2(ends, O_CLOEXEC);
#endif
}

int process_open_pipe(int ends[2])
{
    int err;

    if (marked_pipe(ends) != 0)
        return errno;
    err = move_up(&ends[0]);
    if (err == 0)
        err = move_up(&ends[1]);
    if (err != 0) {
        process_close(&ends[0]);
        process_close(&ends[1]);
    }
    return err;
}

int process_open_file(const char *name, int flags, int *fd)
{
    *fd = open(name, flags | O_CLOEXEC | O_NOCTTY, 0666);
    return *fd < 0 ? errno : move_up(fd);
}

int process_open_null(int *fd)
{
    return process_open_file("/dev/null", O_RDWR, fd);
}

int process_open_terminal(int *master, int *terminal)
{
    char name[64];
    int err;

    *master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
    err = *master < 0 ? errno : move_up(master);
    if (err == 0 && (grantpt(*master) != 0 || unlockpt(*master) != 0 ||
                     ptsname_r(*master, name, sizeof name) != 0))
        err = errno;
    return err == 0 ? process_open_file(name, O_RDWR, terminal) : err;
}

/* With `flags` as F_GETFL has them. O_NONBLOCK among them: opening a fifo that
 * nobody reads is an error then, and no wait. */
int process_open_again(int fd, int flags, int *again)
{
    char path[32];

    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    *again = open(path, (flags & O_ACCMODE) | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    return *again < 0 ? errno : move_up(again);
}
