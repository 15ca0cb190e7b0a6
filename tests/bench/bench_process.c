/*
 * One measurement: bench_process WHO WHAT prints seconds, or "-" when WHO
 * cannot do it. tests/bench/bench_process.sh calls it round by round.
 *
 *     WHO   ours, spawn (raw posix_spawn), popen, glib, uv, apr
 *     WHAT  start, start-1GiB (per child), capture, both (100 MiB), late;
 *           capture-cpu, both-cpu: our own processor time for them, and with
 *           -reused the same into the memory of the result before
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#ifdef WITH_GLIB
#include <gio/gio.h>
#endif
#ifdef WITH_UV
#include <uv.h>
#endif
#ifdef WITH_APR
#include <apr_general.h>
#include <apr_thread_proc.h>
#endif

#include "lib/process.h"

enum { STARTS = 20, WAITS = 15, BLOCK = 65536 };

/* A fork of a large parent takes 40 ms, other starts half a one: at least
 * STARTS of each, and more until so many seconds have passed. */
static const double ENOUGH = 0.2;
#define SIZE ((size_t)100 << 20)
#define SIZE_TEXT "104857600"

static const char *self; /* this program, which is also the child that writes */

static double ours_used(void)
{
    struct timespec t;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static double now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void give_up(const char *what)
{
    fprintf(stderr, "bench_process: %s failed\n", what);
    exit(1);
}

/* ---- What the children do ---- */

static int write_much(size_t size)
{
    static char block[BLOCK];

    while (size > 0) {
        ssize_t written = write(1, block, size < BLOCK ? size : BLOCK);

        if (written < 0)
            return 1;
        size -= (size_t)written;
    }
    return 0;
}

static int end_at(const char *seconds)
{
    double end = strtod(seconds, NULL);
    struct timespec t = {.tv_sec = (time_t)end,
                         .tv_nsec = (long)((end - (double)(time_t)end) * 1e9)};

    clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &t, NULL);
    return 0;
}

/* ---- Ours ---- */

static void ours_start(void)
{
    struct process_result result;

    if (PROCESS_RUN(&result, PROCESS_ARGV("/bin/true")) != 0)
        give_up("process_run");
    process_result_destroy(&result);
}

static void ours_capture(void)
{
    struct process_result result;

    if (PROCESS_RUN(&result, PROCESS_ARGV(self, "--write", SIZE_TEXT), .stdout_to = PROCESS_PIPE) !=
            0 ||
        result.out_size != SIZE)
        give_up("process_run");
    process_result_destroy(&result);
}

static void ours_both(const char *data)
{
    struct process_result result;

    if (PROCESS_RUN(&result, PROCESS_ARGV("cat"), .input = data, .input_size = SIZE,
                    .stdout_to = PROCESS_PIPE) != 0 ||
        result.out_size != SIZE)
        give_up("process_run");
    process_result_destroy(&result);
}

static double ours_late(void)
{
    struct process child;
    char end[32];
    double late;

    snprintf(end, sizeof end, "%.9f", now() + 0.05);
    if (PROCESS_START(&child, PROCESS_ARGV(self, "--end-at", end)) != 0 ||
        process_wait(&child, 10000, NULL) != 0)
        give_up("process_wait");
    late = now() - strtod(end, NULL);
    process_destroy(&child);
    return late;
}

/* ---- Raw posix_spawn, and a loop as one writes it without a library ---- */

extern char **environ;

static pid_t spawn(char *const argv[], int out)
{
    posix_spawn_file_actions_t actions;
    pid_t pid;

    posix_spawn_file_actions_init(&actions);
    if (out >= 0)
        posix_spawn_file_actions_adddup2(&actions, out, 1);
    if (posix_spawnp(&pid, argv[0], &actions, NULL, argv, environ) != 0)
        give_up("posix_spawn");
    posix_spawn_file_actions_destroy(&actions);
    return pid;
}

static void spawn_start(void)
{
    char program[] = "/bin/true";
    char *argv[] = {program, NULL};
    pid_t pid = spawn(argv, -1);

    if (waitpid(pid, NULL, 0) != pid)
        give_up("waitpid");
}

static void spawn_capture(void)
{
    char option[] = "--write", size[] = SIZE_TEXT;
    char *program = strdup(self);
    char *argv[] = {program, option, size, NULL};
    size_t used = 0, room = BLOCK;
    char *text = malloc(room);
    int ends[2];
    ssize_t got;
    pid_t pid;

    if (pipe2(ends, O_CLOEXEC) != 0)
        give_up("pipe2");
    pid = spawn(argv, ends[1]);
    close(ends[1]);
    while (text != NULL && (got = read(ends[0], text + used, room - used)) > 0) {
        used += (size_t)got;
        if (used == room)
            text = realloc(text, room *= 2);
    }
    close(ends[0]);
    waitpid(pid, NULL, 0);
    if (used != SIZE)
        give_up("read");
    free(text);
    free(program);
}

/* ---- popen ---- */

static void popen_start(void)
{
    FILE *from = popen("/bin/true", "r");

    if (from == NULL || pclose(from) != 0)
        give_up("popen");
}

static void popen_capture(void)
{
    char command[4096];
    size_t used = 0, room = BLOCK, got;
    char *text = malloc(room);
    FILE *from;

    snprintf(command, sizeof command, "'%s' --write " SIZE_TEXT, self);
    from = popen(command, "r");
    while (from != NULL && text != NULL && (got = fread(text + used, 1, room - used, from)) > 0) {
        used += got;
        if (used == room)
            text = realloc(text, room *= 2);
    }
    if (from == NULL || pclose(from) != 0 || used != SIZE)
        give_up("popen");
    free(text);
}

/* ---- GLib ---- */

#ifdef WITH_GLIB
static GSubprocess *glib_new(const char *const argv[], GSubprocessFlags flags)
{
    GSubprocess *child = g_subprocess_newv(argv, flags, NULL);

    if (child == NULL)
        give_up("g_subprocess_newv");
    return child;
}

static void glib_start(void)
{
    GSubprocess *child = glib_new(PROCESS_ARGV("/bin/true"), G_SUBPROCESS_FLAGS_NONE);

    g_subprocess_wait(child, NULL, NULL);
    g_object_unref(child);
}

static void glib_talk(const char *const argv[], GSubprocessFlags flags, const char *data)
{
    GSubprocess *child = glib_new(argv, flags);
    GBytes *input = data != NULL ? g_bytes_new_static(data, SIZE) : NULL;
    GBytes *output = NULL;

    if (!g_subprocess_communicate(child, input, NULL, &output, NULL, NULL) ||
        g_bytes_get_size(output) != SIZE)
        give_up("g_subprocess_communicate");
    g_bytes_unref(output);
    if (input != NULL)
        g_bytes_unref(input);
    g_object_unref(child);
}
#endif

/* ---- libuv ---- */

#ifdef WITH_UV
static struct {
    char *text;
    size_t used, room;
} uv_text;

static void uv_on_exit(uv_process_t *child, int64_t status, int signal_number)
{
    (void)status, (void)signal_number;
    uv_close((uv_handle_t *)child, NULL);
}

static void uv_room(uv_handle_t *handle, size_t suggested, uv_buf_t *buf)
{
    (void)handle, (void)suggested;
    if (uv_text.room - uv_text.used < BLOCK)
        uv_text.text = realloc(uv_text.text, uv_text.room = uv_text.room * 2 + BLOCK);
    *buf = uv_buf_init(uv_text.text + uv_text.used, (unsigned)(uv_text.room - uv_text.used));
}

static void uv_on_read(uv_stream_t *stream, ssize_t got, const uv_buf_t *buf)
{
    (void)buf;
    if (got > 0)
        uv_text.used += (size_t)got;
    else if (got < 0)
        uv_close((uv_handle_t *)stream, NULL);
}

static void uv_run_child(const char *file, char **args, int capture)
{
    uv_loop_t *loop = uv_default_loop();
    uv_process_t child;
    uv_pipe_t out;
    uv_stdio_container_t stdio[3] = {{.flags = UV_IGNORE},
                                     {.flags = UV_IGNORE},
                                     {.flags = UV_IGNORE}};
    uv_process_options_t options = {
        .exit_cb = uv_on_exit, .file = file, .args = args, .stdio = stdio, .stdio_count = 3};

    uv_pipe_init(loop, &out, 0);
    if (capture) {
        stdio[1].flags = (uv_stdio_flags)(UV_CREATE_PIPE | UV_WRITABLE_PIPE);
        stdio[1].data.stream = (uv_stream_t *)&out;
    }
    if (uv_spawn(loop, &child, &options) != 0)
        give_up("uv_spawn");
    if (capture)
        uv_read_start((uv_stream_t *)&out, uv_room, uv_on_read);
    else
        uv_close((uv_handle_t *)&out, NULL);
    uv_run(loop, UV_RUN_DEFAULT);
}

static void uv_start(void)
{
    char program[] = "/bin/true";
    char *args[] = {program, NULL};

    uv_run_child(program, args, 0);
}

static void uv_capture(void)
{
    char option[] = "--write", size[] = SIZE_TEXT;
    char *program = strdup(self);
    char *args[] = {program, option, size, NULL};

    uv_text.used = 0;
    uv_run_child(program, args, 1);
    if (uv_text.used != SIZE)
        give_up("libuv");
    free(program);
}
#endif

/* ---- APR ---- */

#ifdef WITH_APR
static void apr_run(const char *const argv[], size_t expected)
{
    apr_pool_t *pool;
    apr_procattr_t *attributes;
    apr_proc_t child;
    size_t used = 0, room = BLOCK;
    char *text = malloc(room);
    apr_size_t got;
    int status;
    apr_exit_why_e why;

    apr_pool_create(&pool, NULL);
    apr_procattr_create(&attributes, pool);
    apr_procattr_cmdtype_set(attributes, APR_PROGRAM_ENV);
    if (expected > 0)
        apr_procattr_io_set(attributes, APR_NO_PIPE, APR_FULL_BLOCK, APR_NO_PIPE);
    if (apr_proc_create(&child, argv[0], argv, NULL, attributes, pool) != APR_SUCCESS)
        give_up("apr_proc_create");
    while (expected > 0 && text != NULL &&
           (got = room - used, apr_file_read(child.out, text + used, &got) == APR_SUCCESS)) {
        used += got;
        if (used == room)
            text = realloc(text, room *= 2);
    }
    apr_proc_wait(&child, &status, &why, APR_WAIT);
    if (used != expected)
        give_up("apr_file_read");
    apr_pool_destroy(pool);
    free(text);
}
#endif

/* ---- What can be measured ---- */

static void start_one(const char *who)
{
    if (strcmp(who, "ours") == 0)
        ours_start();
    else if (strcmp(who, "spawn") == 0)
        spawn_start();
    else if (strcmp(who, "popen") == 0)
        popen_start();
#ifdef WITH_GLIB
    else if (strcmp(who, "glib") == 0)
        glib_start();
#endif
#ifdef WITH_UV
    else if (strcmp(who, "uv") == 0)
        uv_start();
#endif
#ifdef WITH_APR
    else if (strcmp(who, "apr") == 0)
        apr_run(PROCESS_ARGV("/bin/true"), 0);
#endif
    else
        exit(puts("-") < 0);
}

static void capture(const char *who)
{
    if (strcmp(who, "ours") == 0)
        ours_capture();
    else if (strcmp(who, "spawn") == 0)
        spawn_capture();
    else if (strcmp(who, "popen") == 0)
        popen_capture();
#ifdef WITH_GLIB
    else if (strcmp(who, "glib") == 0)
        glib_talk(PROCESS_ARGV(self, "--write", SIZE_TEXT), G_SUBPROCESS_FLAGS_STDOUT_PIPE, NULL);
#endif
#ifdef WITH_UV
    else if (strcmp(who, "uv") == 0)
        uv_capture();
#endif
#ifdef WITH_APR
    else if (strcmp(who, "apr") == 0)
        apr_run(PROCESS_ARGV(self, "--write", SIZE_TEXT), SIZE);
#endif
    else
        exit(puts("-") < 0);
}

static void both_ways(const char *who, const char *data)
{
    if (strcmp(who, "ours") == 0)
        ours_both(data);
#ifdef WITH_GLIB
    else if (strcmp(who, "glib") == 0)
        glib_talk(PROCESS_ARGV("cat"),
                  (GSubprocessFlags)(G_SUBPROCESS_FLAGS_STDIN_PIPE |
                                     G_SUBPROCESS_FLAGS_STDOUT_PIPE),
                  data);
#endif
    else
        exit(puts("-") < 0);
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

static double lateness(const char *who)
{
    double late[WAITS];

    if (strcmp(who, "ours") != 0)
        exit(puts("-") < 0);
    for (int i = 0; i < WAITS; i++)
        late[i] = ours_late();
    qsort(late, WAITS, sizeof late[0], by_value);
    return late[WAITS / 2];
}

static double starts(const char *who)
{
    double from;
    int count = 0;

    start_one(who);
    from = now();
    while (count < STARTS || now() - from < ENOUGH) {
        start_one(who);
        count++;
    }
    return (now() - from) / count;
}

static void touch_a_gibibyte(void)
{
    size_t size = (size_t)1 << 30;
    char *memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    if (memory == MAP_FAILED)
        give_up("mmap");
    madvise(memory, size, MADV_NOHUGEPAGE);
    memset(memory, 1, size);
}

/* The first run brings the memory that the second one may use again. */
static double used(const char *who, const char *data, bool reused)
{
    struct process_result result = {0};
    double from = 0;

    if (strcmp(who, "ours") != 0)
        exit(puts("-") < 0);
    for (int i = 0; i < 2; i++) {
        from = ours_used();
        if (PROCESS_RUN(&result,
                        data != NULL ? PROCESS_ARGV("cat")
                                     : PROCESS_ARGV(self, "--write", SIZE_TEXT),
                        .input = data, .input_size = data != NULL ? SIZE : 0,
                        .stdout_to = PROCESS_PIPE,
                        .reuse = reused && i > 0 ? &result : NULL) != 0 ||
            result.out_size != SIZE)
            give_up("process_run");
        if (!reused)
            process_result_destroy(&result);
    }
    return ours_used() - from;
}

static double measure(const char *who, const char *what)
{
    static char data[SIZE];
    double from;

    if (strcmp(what, "late") == 0)
        return lateness(who);
    if (strcmp(what, "start") == 0)
        return starts(who);
    if (strcmp(what, "start-1GiB") == 0) {
        touch_a_gibibyte();
        return starts(who);
    }
    if (strncmp(what, "both", 4) == 0)
        memset(data, 'x', sizeof data);
    if (strstr(what, "-cpu") != NULL)
        return used(who, strncmp(what, "both", 4) == 0 ? data : NULL,
                    strstr(what, "-reused") != NULL);
    from = now();
    if (strcmp(what, "capture") == 0)
        capture(who);
    else
        both_ways(who, data);
    return now() - from;
}

int main(int argc, char *argv[])
{
    self = argv[0];
    if (argc == 3 && strcmp(argv[1], "--write") == 0)
        return write_much((size_t)strtoull(argv[2], NULL, 10));
    if (argc == 3 && strcmp(argv[1], "--end-at") == 0)
        return end_at(argv[2]);
    if (argc != 3)
        give_up("the command line: WHO WHAT");
#ifdef WITH_APR
    apr_initialize();
#endif
    printf("%.9f\n", measure(argv[1], argv[2]));
    return 0;
}
