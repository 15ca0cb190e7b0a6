/* Written by heddle tangle from chapters/85-process-all.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#define _GNU_SOURCE /* syscall */

#include "lib/process_inside.h"

#include <dirent.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/syscall.h>
#endif

/* Of /proc/PID/stat: is it alive, and this one's child? The name in brackets
 * may hold any character, so it is the last bracket that counts. Where the first
 * thread has ended and others have not, it looks dead but for their number. */
static bool is_living_child(pid_t pid, pid_t parent)
{
    static const char form[] = ") %c %d %*s %*s %*s %*s %*s %*s %*s %*s "
                               "%*s %*s %*s %*s %*s %*s %*s %d";
    char path[32], line[512] = "";
    const char *end;
    char state;
    int actual, threads;
    ssize_t got;
    int fd;

    snprintf(path, sizeof path, "/proc/%d/stat", (int)pid);
    fd = open(path, O_RDONLY | O_CLOEXEC);
    got = fd >= 0 ? read(fd, line, sizeof line - 1) : 0;
    process_close(&fd);
    end = got > 0 ? strrchr(line, ')') : NULL;
    return end != NULL && sscanf(end, form, &state, &actual, &threads) == 3 &&
           actual == (int)parent &&
           ((state != 'Z' && state != 'X') || threads > 1);
}

static int send_kill(int fd, pid_t pid)
{
#ifdef SYS_pidfd_send_signal
    if (fd >= 0)
        return (int)syscall(SYS_pidfd_send_signal, fd, SIGKILL, NULL, 0);
#endif
    return kill(pid, SIGKILL);
}

/* Whether it lived, and may be killed: of what has become root, nobody is to
 * wait for the end. */
static bool kill_child(pid_t pid, pid_t parent)
{
    int fd = -1;
    bool dies;

#ifdef SYS_pidfd_open
    fd = (int)syscall(SYS_pidfd_open, pid, 0);
#endif
    dies = is_living_child(pid, parent) && send_kill(fd, pid) == 0;
    process_close(&fd);
    return dies;
}

static bool kill_listed(const char *path, pid_t parent)
{
    bool dying = false;
    int pid;
    FILE *list = fopen(path, "re");

    while (list != NULL && fscanf(list, "%d", &pid) == 1)
        dying = kill_child(pid, parent) || dying;
    if (list != NULL)
        fclose(list);
    return dying;
}

static bool kill_children(pid_t parent)
{
    char path[64];
    bool dying = false;
    struct dirent *thread;
    DIR *threads;

    snprintf(path, sizeof path, "/proc/%d/task", (int)parent);
    threads = opendir(path);
    while (threads != NULL && (thread = readdir(threads)) != NULL) {
        snprintf(path, sizeof path, "/proc/%d/task/%.16s/children", (int)parent,
                 thread->d_name);
        dying = kill_listed(path, parent) || dying;
    }
    if (threads != NULL)
        closedir(threads);
    return dying;
}

enum { MOST_ROUNDS = 1000, ROUND_MS = 1 };

void process_end_below(pid_t root)
{
    kill(root, SIGSTOP);
    for (int i = 0; i < MOST_ROUNDS && kill_children(root); i++)
        poll(NULL, 0, ROUND_MS);
}
