/* Written by heddle tangle from chapters/85-process-all.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#define _GNU_SOURCE /* syscall */

#include "lib/process_inside.h"

#include <dirent.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/syscall.h>
#endif

/* What /proc/PID/stat says. */
struct look {
    char state;
    int parent, threads;
    unsigned long long born; /* in ticks of the clock, since the system began */
};

/* The name in brackets may hold any character, so it is the last that counts. */
static bool look_into(const char *path, struct look *look)
{
    static const char form[] = ") %c %d %*s %*s %*s %*s %*s %*s %*s %*s %*s "
                               "%*s %*s %*s %*s %*s %*s %d %*s %llu";
    char line[512] = "";
    const char *end;
    ssize_t got;
    int fd = open(path, O_RDONLY | O_CLOEXEC);

    got = fd >= 0 ? read(fd, line, sizeof line - 1) : 0;
    process_close(&fd);
    end = got > 0 ? strrchr(line, ')') : NULL;
    return end != NULL && sscanf(end, form, &look->state, &look->parent,
                                 &look->threads, &look->born) == 4;
}

static bool look_at(pid_t pid, struct look *look)
{
    char path[32];

    snprintf(path, sizeof path, "/proc/%d/stat", (int)pid);
    return look_into(path, look);
}

/* Where the first thread has ended and others have not, it looks dead but for
 * their number. */
static bool is_living_child(pid_t pid, pid_t parent)
{
    struct look look;

    return look_at(pid, &look) && look.parent == (int)parent &&
           ((look.state != 'Z' && look.state != 'X') || look.threads > 1);
}

static int open_process(pid_t pid)
{
#ifdef SYS_pidfd_open
    return (int)syscall(SYS_pidfd_open, pid, 0);
#else
    (void)pid;
    return -1;
#endif
}

static int send_to(int fd, pid_t pid, int signal_number)
{
#ifdef SYS_pidfd_send_signal
    if (fd >= 0)
        return (int)syscall(SYS_pidfd_send_signal, fd, signal_number, NULL, 0);
#endif
    (void)fd;
    return kill(pid, signal_number);
}

/* Whether it lived, and may be killed: of what has become root, nobody is to
 * wait for the end. */
static bool kill_child(void *unused, pid_t pid, pid_t parent)
{
    int fd = open_process(pid);
    bool dies = is_living_child(pid, parent) && send_to(fd, pid, SIGKILL) == 0;

    (void)unused;
    process_close(&fd);
    return dies;
}

typedef bool visit_thread(void *context, const char *folder, pid_t pid);

/* Whether one of the calls returned true. */
static bool visit_threads(pid_t pid, visit_thread *call, void *context)
{
    char path[64];
    bool any = false;
    struct dirent *thread;
    DIR *threads;

    snprintf(path, sizeof path, "/proc/%d/task", (int)pid);
    threads = opendir(path);
    while (threads != NULL && (thread = readdir(threads)) != NULL)
        if (thread->d_name[0] != '.') {
            snprintf(path, sizeof path, "/proc/%d/task/%.16s", (int)pid,
                     thread->d_name);
            any = call(context, path, pid) || any;
        }
    if (threads != NULL)
        closedir(threads);
    return any;
}

typedef bool visit(void *context, pid_t child, pid_t parent);

struct visitor {
    visit *call;
    void *context;
};

static bool visit_listed(void *visitor, const char *folder, pid_t parent)
{
    const struct visitor *v = visitor;
    char path[80];
    bool any = false;
    int pid;
    FILE *list;

    snprintf(path, sizeof path, "%s/children", folder);
    list = fopen(path, "re");
    while (list != NULL && fscanf(list, "%d", &pid) == 1)
        any = v->call(v->context, pid, parent) || any;
    if (list != NULL)
        fclose(list);
    return any;
}

/* Whether one of the calls returned true. */
static bool visit_children(pid_t parent, visit *call, void *context)
{
    struct visitor visitor = {call, context};

    return visit_threads(parent, visit_listed, &visitor);
}

enum { MOST_ROUNDS = 1000, ROUND_MS = 1 };

/* Neither stopped (T, or t: by a debugger) nor dead. */
static bool may_fork(void *unused, const char *folder, pid_t pid)
{
    char path[80];
    struct look look;

    (void)unused;
    (void)pid;
    snprintf(path, sizeof path, "%s/stat", folder);
    return look_into(path, &look) && strchr("TtZX", look.state) == NULL;
}

static void await_standstill(pid_t pid)
{
    for (int i = 0; i < MOST_ROUNDS && visit_threads(pid, may_fork, NULL); i++)
        poll(NULL, 0, ROUND_MS);
}

static void stop(pid_t child)
{
    if (kill(child, SIGSTOP) == 0)
        await_standstill(child);
}

void process_end_below(pid_t root)
{
    stop(root);
    for (int i = 0; i < MOST_ROUNDS && visit_children(root, kill_child, NULL);
         i++)
        poll(NULL, 0, ROUND_MS);
}

struct member {
    pid_t pid;
    unsigned long long born;
    bool stops; /* it has been told to, and we may tell it */
};

struct process_family {
    size_t count, room;
    struct member *list;
};

static bool has_member(const struct process_family *f, pid_t pid)
{
    size_t i = 0;

    while (i < f->count && f->list[i].pid != pid)
        i++;
    return i < f->count;
}

/* Whether it was not known. Without memory, it is passed over. */
static bool note_child(void *family, pid_t pid, pid_t parent)
{
    struct process_family *f = family;
    size_t room = f->count < f->room ? f->room : f->room * 2 + 16;
    struct member *list = f->list;
    struct look look;

    if (has_member(f, pid) || !look_at(pid, &look) || look.parent != (int)parent)
        return false;
    if (room != f->room)
        list = realloc(f->list, room * sizeof *list);
    if (list == NULL)
        return false;
    f->list = list;
    f->room = room;
    f->list[f->count++] = (struct member){pid, look.born, false};
    return true;
}

struct process_family *process_note_below(pid_t root)
{
    struct process_family *f = calloc(1, sizeof *f);

    stop(root);
    if (f == NULL)
        return NULL;
    visit_children(root, note_child, f);
    for (size_t i = 0; i < f->count; i++)
        visit_children(f->list[i].pid, note_child, f);
    return f;
}

static bool send_to_member(struct member m, int signal_number)
{
    int fd = open_process(m.pid);
    struct look look;
    bool sent = look_at(m.pid, &look) && look.born == m.born &&
                send_to(fd, m.pid, signal_number) == 0;

    process_close(&fd);
    return sent;
}

static void stop_member(struct member *m)
{
    m->stops = send_to_member(*m, SIGSTOP);
}

void process_end_noted(struct process_family *f)
{
    if (f == NULL)
        return;
    for (size_t i = 0, told = 0; i < f->count; i++) {
        while (told < f->count)
            stop_member(&f->list[told++]);
        if (!f->list[i].stops)
            continue;
        await_standstill(f->list[i].pid);
        visit_children(f->list[i].pid, note_child, f);
    }
    for (size_t i = 0; i < f->count; i++)
        send_to_member(f->list[i], SIGKILL);
    free(f->list);
    free(f);
}
