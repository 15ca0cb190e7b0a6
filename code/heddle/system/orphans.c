#include "heddle/system/orphans.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "heddle/base/array.h"
#include "heddle/disk/file.h"

/* Each round may bring the children of those that it ended; a process that
 * forks faster than we kill is left to the system's limits. */
enum { MOST_ROUNDS = 100 };

static bool read_proc(pid_t pid, const char *what, struct buf *text)
{
    char path[64];
    int fd, err;

    snprintf(path, sizeof path, "/proc/%ld/%s", (long)pid, what);
    fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return false;
    err = file_read_fd(fd, text);
    close(fd);
    return err == 0;
}

/* The fourth field of stat; the second, a name in parentheses, may hold
 * anything (proc(5)). */
static bool is_child(pid_t pid)
{
    struct buf stat = {0};
    bool is = false;
    long parent;

    if (read_proc(pid, "stat", &stat)) {
        const char *name_end = strrchr(buf_string(&stat), ')');

        is = name_end != NULL && sscanf(name_end + 1, " %*c %ld", &parent) == 1 &&
             parent == (long)getpid();
    }
    buf_free(&stat);
    return is;
}

pid_t *orphans_children(size_t *count)
{
    DIR *proc = opendir("/proc");
    pid_t *children = NULL;
    struct dirent *entry;
    size_t cap = 0;

    *count = 0;
    while (proc != NULL && (entry = readdir(proc)) != NULL) {
        pid_t pid = (pid_t)strtol(entry->d_name, NULL, 10);

        if (pid <= 0 || !is_child(pid))
            continue;
        *ARRAY_PUSH(children, *count, cap) = pid;
    }
    if (proc != NULL)
        closedir(proc);
    return children;
}

/* A child keeps its pid until it is waited for, so this hits nobody else. */
static void end(pid_t child)
{
    kill(child, SIGKILL);
    while (waitpid(child, NULL, 0) < 0 && errno == EINTR)
        ;
}

/* What has ended has no environment any more, so nobody's finished child is
 * taken from the one who waits for it. */
static bool mentions(pid_t pid, const char *path)
{
    struct buf environment = {0};
    size_t len = strlen(path);
    bool found = false;

    if (read_proc(pid, "environ", &environment))
        for (size_t i = 0; !found && i + len <= environment.len; i++)
            found = memcmp(environment.ptr + i, path, len) == 0;
    buf_free(&environment);
    return found;
}

void orphans_end_of(const char *path)
{
    size_t count, ended = 1;

    for (int round = 0; round < MOST_ROUNDS && ended > 0; round++) {
        pid_t *children = orphans_children(&count);

        ended = 0;
        for (size_t i = 0; i < count; i++)
            if (mentions(children[i], path)) {
                end(children[i]);
                ended++;
            }
        free(children);
    }
}

static bool is_known(pid_t pid, const pid_t *known, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (known[i] == pid)
            return true;
    return false;
}

void orphans_kill_all(const pid_t *known, size_t known_count)
{
    size_t count;
    pid_t *children = orphans_children(&count);

    for (size_t i = 0; i < count; i++)
        if (!is_known(children[i], known, known_count)) {
            if (getpgid(children[i]) == children[i])
                kill(-children[i], SIGKILL);
            kill(children[i], SIGKILL);
        }
    free(children);
}

void orphans_end_all(const pid_t *known, size_t known_count)
{
    size_t count, ended = 1;

    for (int round = 0; round < MOST_ROUNDS && ended > 0; round++) {
        pid_t *children = orphans_children(&count);

        ended = 0;
        for (size_t i = 0; i < count; i++)
            if (!is_known(children[i], known, known_count)) {
                end(children[i]);
                ended++;
            }
        free(children);
    }
}
