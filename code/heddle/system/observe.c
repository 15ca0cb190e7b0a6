#include "heddle/system/observe.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "heddle/base/array.h"

enum { LOOK_NS = 400000, MOST_PROCESSES = 32, MOST_THREADS = 128, MOST_LANES = 512 };
enum { SEEN = 120 }; /* what is shorter than such a part of the whole cannot be seen in it */

/* One state after the other; `last` is when it was last seen. */
struct state {
    bool runs;
    double begin, end;
};

struct lane {
    int pid, tid;
    char name[24];
    struct state *states;
    size_t count, cap;
};

struct end {
    unsigned long pipe; /* its inode */
    bool writes;
};

struct holder {
    char name[24];
    struct end ends[24];
    unsigned count;
};

struct observer {
    const char *sandbox;
    const struct sandbox_call *call;
    struct process_result *result;
    bool pipes;
    int err;
    atomic_bool over;
    int root; /* the program; 0: not seen yet */
    struct timespec began;
    struct lane lanes[MOST_LANES];
    size_t lane_count;
    struct holder holders[MOST_PROCESSES];
    unsigned holder_count;
    struct holder streams; /* the program's own, which lead to us */
};

/* /proc ------------------------------------------------------------------------ */

__attribute__((format(printf, 3, 4))) static bool read_proc(char *text, size_t size,
                                                            const char *format, ...)
{
    char path[96];
    va_list args;
    ssize_t len;
    int fd;

    va_start(args, format);
    vsnprintf(path, sizeof path, format, args);
    va_end(args);
    fd = open(path, O_RDONLY | O_CLOEXEC);
    len = fd >= 0 ? read(fd, text, size - 1) : -1;
    if (fd >= 0)
        close(fd);
    text[len > 0 ? len : 0] = '\0';
    return len > 0;
}

/* The names in a folder that are numbers; returns how many. */
static unsigned read_numbers(int numbers[], unsigned most, const char *path)
{
    DIR *folder = opendir(path);
    struct dirent *entry;
    unsigned count = 0;

    while (folder != NULL && count < most && (entry = readdir(folder)) != NULL)
        if (isdigit((unsigned char)entry->d_name[0]))
            numbers[count++] = atoi(entry->d_name);
    if (folder != NULL)
        closedir(folder);
    return count;
}

static unsigned read_threads(int tids[], int pid)
{
    char path[48];

    snprintf(path, sizeof path, "/proc/%d/task", pid);
    return read_numbers(tids, MOST_THREADS, path);
}

/* Append a process's children. */
static void add_children(int pids[], unsigned *count, int pid)
{
    int tids[MOST_THREADS];
    unsigned threads = read_threads(tids, pid);

    for (unsigned i = 0; i < threads; i++) {
        char text[512], *rest = text, *end;

        if (!read_proc(text, sizeof text, "/proc/%d/task/%d/children", pid, tids[i]))
            continue;
        for (long child; *count < MOST_PROCESSES && (child = strtol(rest, &end, 10)) > 0;
             rest = end)
            pids[(*count)++] = (int)child;
    }
}

/* Of our children, the one that stands in the sandbox. */
static int find_root(const char *sandbox)
{
    int pids[MOST_PROCESSES], found = 0;
    unsigned count = 0;
    struct stat here;

    if (stat(sandbox, &here) != 0)
        return 0;
    add_children(pids, &count, getpid());
    for (unsigned i = 0; i < count && found == 0; i++) {
        char path[48];
        struct stat there;

        snprintf(path, sizeof path, "/proc/%d/cwd", pids[i]);
        if (stat(path, &there) == 0 && there.st_dev == here.st_dev && there.st_ino == here.st_ino)
            found = pids[i];
    }
    return found;
}

/* The program, then its children, theirs behind them. */
static unsigned read_family(const struct observer *observer, int pids[])
{
    unsigned count = 1;

    pids[0] = observer->root;
    for (unsigned i = 0; i < count; i++)
        add_children(pids, &count, pids[i]);
    return count;
}

/* Threads ---------------------------------------------------------------------- */

static double now_ms(const struct observer *observer)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - observer->began.tv_sec) * 1e3 +
           (double)(now.tv_nsec - observer->began.tv_nsec) / 1e6;
}

static struct lane *lane_of(struct observer *observer, int pid, int tid)
{
    for (size_t i = 0; i < observer->lane_count; i++)
        if (observer->lanes[i].tid == tid)
            return &observer->lanes[i];
    if (observer->lane_count == MOST_LANES)
        return NULL;
    observer->lanes[observer->lane_count] = (struct lane){.pid = pid, .tid = tid};
    return &observer->lanes[observer->lane_count++];
}

/* "TID (comm) S ..."; a name may hold anything but the last parenthesis. */
static bool read_state(char *text, char *name, size_t size, char *state)
{
    char *open = strchr(text, '('), *close = strrchr(text, ')');

    if (open == NULL || close == NULL || close[1] != ' ')
        return false;
    snprintf(name, size, "%.*s", (int)(close - open - 1), open + 1);
    *state = close[2];
    return true;
}

static void look_at_thread(struct observer *observer, int pid, int tid)
{
    char text[512], name[24], state;
    struct lane *lane;
    double now;
    bool runs;

    if (!read_proc(text, sizeof text, "/proc/%d/task/%d/stat", pid, tid) ||
        !read_state(text, name, sizeof name, &state) || state == 'Z' || state == 'X')
        return;
    lane = lane_of(observer, pid, tid);
    if (lane == NULL)
        return;
    memcpy(lane->name, name, sizeof name);
    now = now_ms(observer);
    runs = state == 'R';
    if (lane->count == 0 || lane->states[lane->count - 1].runs != runs) {
        double begin = lane->count > 0 ? lane->states[lane->count - 1].end : now;

        *ARRAY_PUSH(lane->states, lane->count, lane->cap) = (struct state){runs, begin, now};
    }
    lane->states[lane->count - 1].end = now;
}

/* Pipes ------------------------------------------------------------------------ */

/* The pipe that a descriptor leads to; 0 when it is none. */
static unsigned long pipe_of(const char *process, int fd, bool *writes)
{
    char path[64], link[64], info[256], *flags;
    unsigned long pipe = 0;
    ssize_t len;

    snprintf(path, sizeof path, "/proc/%s/fd/%d", process, fd);
    len = readlink(path, link, sizeof link - 1);
    link[len > 0 ? len : 0] = '\0';
    if (sscanf(link, "pipe:[%lu]", &pipe) != 1)
        return 0;
    if (!read_proc(info, sizeof info, "/proc/%s/fdinfo/%d", process, fd) ||
        (flags = strstr(info, "flags:")) == NULL)
        return 0;
    *writes = (strtoul(flags + 6, NULL, 8) & O_ACCMODE) == O_WRONLY;
    return pipe;
}

/* Those below `below`. */
static void read_ends(struct holder *holder, const char *process, int below)
{
    char path[48];
    int fds[64];
    unsigned count;

    snprintf(path, sizeof path, "/proc/%s/fd", process);
    count = read_numbers(fds, 64, path);
    holder->count = 0;
    for (unsigned i = 0; i < count && holder->count < 24; i++) {
        struct end *end = &holder->ends[holder->count];

        if (fds[i] >= below)
            continue;
        *end = (struct end){0};
        end->pipe = pipe_of(process, fds[i], &end->writes);
        holder->count += end->pipe != 0;
    }
}

/* What one process holds; false when it is over, or still its parent's copy,
 * between fork and exec. */
static bool look_at_holder(struct holder *holder, int pid, const char *parent)
{
    char process[16], text[512], state;

    snprintf(process, sizeof process, "%d", pid);
    if (!read_proc(text, sizeof text, "/proc/%d/stat", pid) ||
        !read_state(text, holder->name, sizeof holder->name, &state) || state == 'Z' ||
        (parent != NULL && strcmp(holder->name, parent) == 0))
        return false;
    read_ends(holder, process, INT_MAX);
    return holder->count > 0;
}

/* The last look at most processes: by then each has closed what is not its own. */
static void look_at_pipes(struct observer *observer, const int pids[], unsigned count)
{
    struct holder seen[MOST_PROCESSES];
    char process[16];
    unsigned holders = 0;

    for (unsigned i = 0; i < count; i++)
        if (look_at_holder(&seen[holders], pids[i], i > 0 ? seen[0].name : NULL))
            holders++;
        else if (i == 0)
            return;
    if (holders < 2 || holders < observer->holder_count)
        return;
    observer->holder_count = holders;
    memcpy(observer->holders, seen, holders * sizeof *seen);
    snprintf(process, sizeof process, "%d", pids[0]);
    read_ends(&observer->streams, process, 3);
}

/* Looking ---------------------------------------------------------------------- */

static void look(struct observer *observer)
{
    int pids[MOST_PROCESSES], tids[MOST_THREADS];
    unsigned count;

    if (observer->root == 0)
        observer->root = find_root(observer->sandbox);
    if (observer->root == 0)
        return;
    count = read_family(observer, pids);
    if (observer->pipes) {
        look_at_pipes(observer, pids, count);
        return;
    }
    for (unsigned i = 0; i < count; i++) {
        unsigned threads = read_threads(tids, pids[i]);

        for (unsigned j = 0; j < threads; j++)
            look_at_thread(observer, pids[i], tids[j]);
    }
}

static void *run_call(void *context)
{
    struct observer *observer = context;

    observer->err = sandbox_run(observer->sandbox, observer->call, observer->result);
    atomic_store(&observer->over, true);
    return NULL;
}

/* What was seen ---------------------------------------------------------------- */

/* Threads that were never there together share a row, as seats are shared. */
struct row {
    const struct lane *lanes[MOST_LANES];
    unsigned count;
};

static bool fits(const struct row *row, const struct lane *lane, int root)
{
    const struct lane *last = row->lanes[row->count - 1];
    bool threads = lane->pid == root && last->pid == root && last->tid != root;
    bool children = lane->pid != root && last->pid != root && strcmp(lane->name, last->name) == 0;

    return (threads || children) && last->states[last->count - 1].end <= lane->states[0].begin;
}

static struct row *make_rows(const struct observer *observer, unsigned *count)
{
    struct row *rows = calloc(observer->lane_count + 1, sizeof *rows);

    if (rows == NULL)
        mem_none();
    *count = 0;
    for (size_t i = 0; i < observer->lane_count; i++) {
        unsigned at = 0;

        while (at < *count && !fits(&rows[at], &observer->lanes[i], observer->root))
            at++;
        *count += at == *count;
        rows[at].lanes[rows[at].count++] = &observer->lanes[i];
    }
    return rows;
}

/* "main", "thread 3", "sleep 2"; of several, the first, and dots. */
static void add_name(const struct observer *observer, const struct row rows[], unsigned at,
                     struct buf *out)
{
    const struct lane *lane = rows[at].lanes[0];
    bool is_thread = lane->pid == observer->root;
    unsigned number = 1;

    for (unsigned i = 0; i < at; i++) {
        const struct lane *other = rows[i].lanes[0];

        number += is_thread ? other->pid == observer->root && other->tid != observer->root
                            : strcmp(other->name, lane->name) == 0;
    }
    if (lane->tid == observer->root)
        buf_adds(out, "main");
    else
        buf_addf(out, "%s %u%s", is_thread ? "thread" : lane->name, number,
                 rows[at].count > 1 ? " \xe2\x80\xa6" : "");
}

/* What is too short to be seen in the whole belongs to what was before. */
static void add_states(const struct lane *lane, double least, double *at, struct buf *out)
{
    bool runs = lane->states[0].runs;

    if (lane->states[0].begin - *at >= 0.5)
        buf_addf(out, " none %.0f", lane->states[0].begin - *at);
    *at = lane->states[0].begin > *at ? lane->states[0].begin : *at;
    for (size_t i = 1; i <= lane->count; i++) {
        const struct state *next = i < lane->count ? &lane->states[i] : NULL;
        double end = lane->states[i - 1].end;

        if (next != NULL && (next->runs == runs || next->end - next->begin < least))
            continue;
        if (end - *at >= 0.5) {
            buf_addf(out, " %s %.0f", runs ? "run" : "wait", end - *at);
            *at = end;
        }
        runs = next != NULL && next->runs;
    }
}

static void add_lanes(const struct observer *observer, struct buf *out)
{
    double begin = 0, end = 0;
    unsigned count;
    struct row *rows = make_rows(observer, &count);

    for (size_t i = 0; i < observer->lane_count; i++) {
        const struct lane *lane = &observer->lanes[i];

        begin = i == 0 ? lane->states[0].begin : begin;
        end = lane->states[lane->count - 1].end > end ? lane->states[lane->count - 1].end : end;
    }
    for (unsigned i = 0; i < count; i++) {
        double at = rows[i].lanes[0]->states[0].begin;

        add_name(observer, rows, i, out);
        buf_addf(out, " %.0f", at - begin);
        for (unsigned j = 0; j < rows[i].count; j++)
            add_states(rows[i].lanes[j], (end - begin) / SEEN, &at, out);
        buf_addc(out, '\n');
    }
    free(rows);
}

/* Pipes have numbers in the order in which they are met; those that lead to us
 * are no part of the program. */
static unsigned number_of(unsigned long pipes[], unsigned *count, unsigned long pipe)
{
    for (unsigned i = 0; i < *count; i++)
        if (pipes[i] == pipe)
            return i + 1;
    pipes[*count] = pipe;
    return ++*count;
}

static bool has(const struct holder *holder, unsigned long pipe)
{
    for (unsigned i = 0; i < holder->count; i++)
        if (holder->ends[i].pipe == pipe)
            return true;
    return false;
}

static void add_ends(const struct holder *holder, const struct holder *streams, bool writes,
                     unsigned long pipes[], unsigned *count, struct buf *out)
{
    bool any = false;

    for (unsigned i = 0; i < holder->count; i++) {
        if (holder->ends[i].writes != writes || has(streams, holder->ends[i].pipe))
            continue;
        buf_addf(out, "%s %u",
                 any      ? ""
                 : writes ? " writes"
                          : " reads",
                 number_of(pipes, count, holder->ends[i].pipe));
        any = true;
    }
}

static void add_holders(const struct observer *observer, struct buf *out)
{
    unsigned long pipes[MOST_PROCESSES * 24];
    unsigned count = 0;

    for (unsigned i = 0; i < observer->holder_count; i++) {
        const struct holder *holder = &observer->holders[i];

        buf_adds(out, holder->name);
        add_ends(holder, &observer->streams, false, pipes, &count, out);
        add_ends(holder, &observer->streams, true, pipes, &count, out);
        buf_addc(out, '\n');
    }
}

int observe_run(const char *sandbox, const struct sandbox_call *call, bool pipes,
                struct process_result *result, struct buf *seen)
{
    struct observer *observer = calloc(1, sizeof *observer);
    pthread_t thread;
    int err;

    if (observer == NULL)
        mem_none();
    observer->sandbox = sandbox;
    observer->call = call;
    observer->result = result;
    observer->pipes = pipes;
    clock_gettime(CLOCK_MONOTONIC, &observer->began);
    err = pthread_create(&thread, NULL, run_call, observer);
    while (err == 0 && !atomic_load(&observer->over)) {
        look(observer);
        nanosleep(&(struct timespec){0, LOOK_NS}, NULL);
    }
    if (err == 0) {
        pthread_join(thread, NULL);
        err = observer->err;
    }
    if (err == 0 && pipes)
        add_holders(observer, seen);
    else if (err == 0)
        add_lanes(observer, seen);
    if (err == 0 && observer->root == 0)
        err = ENOTSUP;
    for (size_t i = 0; i < observer->lane_count; i++)
        free(observer->lanes[i].states);
    free(observer);
    return err;
}
