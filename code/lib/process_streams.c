/* Written by heddle tangle from chapters/85-process-all.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#define _GNU_SOURCE /* ptsname_r, F_SETPIPE_SZ */

#include "lib/process_inside.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { NAP_MS = 4 };

/* In bytes; the kernel rounds up. */
static int size_pipe(int fd, int bytes)
{
#ifdef F_SETPIPE_SZ
    if (bytes > 0 && fcntl(fd, F_SETPIPE_SZ, bytes) < 0)
        return errno; /* EPERM: more than /proc/sys/fs/pipe-max-size */
#else
    (void)fd, (void)bytes;
#endif
    return 0;
}

/* We write what the child reads, and read what it writes. */
static int open_piped(struct process_streams *s, int i, int pipe_size)
{
    int ends[2] = {-1, -1};
    int err = process_open_pipe(ends);
    int to_read = ends[0], to_write = ends[1];

    if (err == 0)
        err = size_pipe(to_read, pipe_size);
    s->ours[i] = i == STDIN_FILENO ? to_write : to_read;
    s->theirs[i] = i == STDIN_FILENO ? to_read : to_write;
    s->become[i] = s->theirs[i];
    return err;
}

static int open_nothing(struct process_streams *s, int i)
{
    int err = s->null < 0 ? process_open_null(&s->null) : 0;

    s->become[i] = s->null;
    if (err != 0)
        s->failed = "/dev/null";
    return err;
}

/* Only what has no place in it, as a file has, and is no master of a pty. */
static bool can_be_opened_anew(int fd)
{
    struct stat status;
    char name[64];

    return fstat(fd, &status) == 0 &&
           (S_ISFIFO(status.st_mode) ||
            (isatty(fd) && ptsname_r(fd, name, sizeof name) != 0));
}

/* Our own stays as it is; if it cannot be opened, it is handed on like that. */
static void open_for_waiting(struct process_streams *s, int i)
{
    int flags = fcntl(s->become[i], F_GETFL);

    if (flags < 0 || (flags & O_NONBLOCK) == 0 ||
        !can_be_opened_anew(s->become[i]) ||
        process_open_again(s->become[i], flags, &s->theirs[i]) != 0)
        return;
    fcntl(s->theirs[i], F_SETFL, flags & ~O_NONBLOCK);
    s->become[i] = s->theirs[i];
}

static bool is_named_pipe(const char *name)
{
    struct stat status;

    return stat(name, &status) == 0 && S_ISFIFO(status.st_mode);
}

/* Where nobody reads it, opening for writing is ENXIO; for reading it is fine. */
static int open_in_time(const char *name, int flags, int64_t deadline, int *fd)
{
    int left_ms, err;

    do {
        left_ms = process_ms_until(deadline);
        err = process_open_file(name, flags | O_NONBLOCK, fd);
        if (err == ENXIO && left_ms != 0)
            poll(NULL, 0, NAP_MS);
    } while (err == ENXIO && left_ms != 0);
    return err == ENXIO ? ETIMEDOUT : err;
}

/* Whether somebody writes to it, though nothing has come yet: tee(2). */
static bool has_silent_writer(int fd, int scratch)
{
#ifdef __linux__
    return tee(fd, scratch, 1, SPLICE_F_NONBLOCK) < 0 && errno == EAGAIN;
#else
    (void)fd, (void)scratch;
    return false;
#endif
}

static int wait_for_writer(int fd, int64_t deadline)
{
    struct pollfd end = {.fd = fd, .events = POLLIN};
    int scratch[2];
    int err = process_open_pipe(scratch);
    int left_ms = 0;
    bool there = false;

    if (err != 0)
        return err;
    do {
        left_ms = process_ms_until(deadline);
        there = has_silent_writer(fd, scratch[1]) ||
                poll(&end, 1, left_ms == 0 ? 0 : NAP_MS) > 0;
    } while (!there && left_ms != 0);
    process_close(&scratch[0]);
    process_close(&scratch[1]);
    return there ? 0 : ETIMEDOUT;
}

/* It waits for its other end as open(2) would, but for no longer. */
static int open_named_pipe(const char *name, int flags, int64_t deadline,
                           int *fd)
{
    int err = open_in_time(name, flags, deadline, fd);

    if (err == 0 && (flags & O_ACCMODE) == O_RDONLY)
        err = wait_for_writer(*fd, deadline);
    if (err == 0)
        fcntl(*fd, F_SETFL, flags & O_APPEND);
    return err;
}

static int open_file(struct process_streams *s, int i, const char *name,
                     const struct process_options *o)
{
    int64_t deadline = process_deadline(o->timeout_ms > 0 ? o->timeout_ms
                                                          : PROCESS_FOREVER);
    int flags = i == STDIN_FILENO ? O_RDONLY
                                  : O_WRONLY | O_CREAT |
                                        (o->append ? O_APPEND : O_TRUNC);
    int err = is_named_pipe(name)
                  ? open_named_pipe(name, flags, deadline, &s->theirs[i])
                  : process_open_file(name, flags, &s->theirs[i]);

    s->become[i] = s->theirs[i];
    if (err != 0)
        s->failed = name;
    return err;
}

static int open_on_terminal(struct process_streams *s, int i)
{
    bool same = i == STDERR_FILENO && s->become[1] == s->terminal;
    int err = 0;

    if (s->terminal < 0)
        err = process_open_terminal(&s->master, &s->terminal);
    s->become[i] = s->terminal;
    if (err != 0)
        s->failed = "/dev/ptmx";
    if (err != 0 || same)
        return err;
    s->ours[i] = fcntl(s->master, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    return s->ours[i] < 0 ? errno : 0;
}

static int open_stream(struct process_streams *s, int i,
                       enum process_stream leads, int fd, int pipe_size)
{
    if (leads == PROCESS_PIPE)
        return open_piped(s, i, pipe_size);
    if (leads == PROCESS_TERMINAL)
        return open_on_terminal(s, i);
    if (leads == PROCESS_INHERIT)
        fd = i;
    if (leads == PROCESS_DEVNULL || fcntl(fd, F_GETFD) < 0)
        return open_nothing(s, i);
    s->become[i] = fd;
    open_for_waiting(s, i);
    return 0;
}

void process_no_streams(struct process_streams *s)
{
    *s = (struct process_streams){.ours = {-1, -1, -1},
                                  .theirs = {-1, -1, -1},
                                  .null = -1,
                                  .terminal = -1,
                                  .master = -1,
                                  .become = {-1, -1, -1}};
}

/* Stdout before stderr, which may follow it. */
int process_open_streams(struct process_streams *s,
                         const struct process_options *o)
{
    const char *const names[3] = {o->stdin_file, o->stdout_file,
                                  o->stderr_file};
    enum process_stream leads[3] = {o->stdin_from, o->stdout_to, o->stderr_to};
    int fds[3] = {o->stdin_fd, o->stdout_fd, o->stderr_fd};
    int err = 0;

    if (o->input != NULL && leads[0] == PROCESS_INHERIT)
        leads[0] = PROCESS_PIPE;
    if (o->capture_output)
        leads[1] = leads[2] = PROCESS_PIPE;
    for (int i = 0; i < 3 && err == 0; i++) {
        if (leads[i] == PROCESS_STDOUT)
            fds[i] = s->become[1];
        err = names[i] != NULL
                  ? open_file(s, i, names[i], o)
                  : open_stream(s, i, leads[i], fds[i], o->pipe_size);
    }
    return err;
}

void process_close_streams(struct process_streams *s, bool give_ours)
{
    process_close(&s->null);
    process_close(&s->terminal);
    process_close(&s->master);
    for (int i = 0; i < 3; i++) {
        process_close(&s->theirs[i]); /* or its end would never come */
        if (!give_ours)
            process_close(&s->ours[i]);
    }
}
