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
 * may hold any character, so it is the last bracket that counts. */
static bool is_living_child(pid_t pid, pid_t parent)
{
    char path[32], line[512] = "";
    const char *end;
    char state;
    int actual;
    ssize_t got;
    int fd;

    snprintf(path, sizeof path, "/proc/%d/stat", (int)pid);
    fd = open(path, O_RDONLY | O_CLOEXEC);
    got = fd >= 0 ? read(fd, line, sizeof line - 1) : 0;
    process_close(&fd);
    end = got > 0 ? strrchr(line, ')') : NULL;
    return end != NULL && sscanf(end, ") %c %d", &state, &actual) == 2 &&
           actual == (int)parent && state != 'Z' && state != 'X';
}

/* Whether it lived. */
static bool kill_child(pid_t pid, pid_t parent)
{
    int fd = -1;
    bool living;

#ifdef SYS_pidfd_open
    fd = (int)syscall(SYS_pidfd_open, pid, 0);
#endif
    living = is_living_child(pid, parent);
#ifdef SYS_pidfd_send_signal
    if (living && fd >= 0)
        syscall(SYS_pidfd_send_signal, fd, SIGKILL, NULL, 0);
#endif
    if (living && fd < 0)
        kill(pid, SIGKILL);
    process_close(&fd);
    return living;
}

static bool kill_listed(const char *path, pid_t parent)
{
    bool living = false;
    int pid;
    FILE *list = fopen(path, "re");

    while (list != NULL && fscanf(list, "%d", &pid) == 1)
        living = kill_child(pid, parent) || living;
    if (list != NULL)
        fclose(list);
    return living;
}

static bool kill_children(pid_t parent)
{
    char path[64];
    bool living = false;
    struct dirent *thread;
    DIR *threads;

    snprintf(path, sizeof path, "/proc/%d/task", (int)parent);
    threads = opendir(path);
    while (threads != NULL && (thread = readdir(threads)) != NULL) {
        snprintf(path, sizeof path, "/proc/%d/task/%.16s/children", (int)parent,
                 thread->d_name);
        living = kill_listed(path, parent) || living;
    }
    if (threads != NULL)
        closedir(threads);
    return living;
}

enum { MOST_ROUNDS = 1000, ROUND_MS = 1 };

void process_end_below(pid_t root)
{
    kill(root, SIGSTOP);
    for (int i = 0; i < MOST_ROUNDS && kill_children(root); i++)
        poll(NULL, 0, ROUND_MS);
}
