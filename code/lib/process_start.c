/* Written by heddle tangle from chapters/85-process-all.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#define _GNU_SOURCE /* openat, O_PATH */

#include "lib/process_inside.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

extern char **environ; /* POSIX has it in no header */

/* Words. */

/* What execve gets, and the memory of it. */
struct lists {
    const char **argv;     /* allocated for a shell, else NULL */
    const char **env;      /* allocated for changes, else NULL */
    const char **programs; /* allocated, and the strings behind it */
    const char *failed;    /* of them, the one that is there and did not run */
    int *moved;            /* for the child, if it is to renumber pass_fds */
};

static void free_lists(struct lists *lists)
{
    free(lists->argv);
    free(lists->env);
    free(lists->programs);
    free(lists->moved);
}

static size_t count_words(const char *const *list)
{
    size_t count = 0;

    while (list != NULL && list[count] != NULL)
        count++;
    return count;
}

static int list_shell(struct lists *lists, const char *const argv[])
{
    size_t count = count_words(argv);

    lists->argv = malloc((count + 3) * sizeof *lists->argv);
    if (lists->argv == NULL)
        return ENOMEM;
    lists->argv[0] = "/bin/sh";
    lists->argv[1] = "-c";
    for (size_t i = 0; i <= count; i++)
        lists->argv[i + 2] = argv[i];
    return 0;
}

static int compare_names(const char *left, const char *right)
{
    size_t left_size = strcspn(left, "="), right_size = strcspn(right, "=");
    int order = memcmp(left, right,
                       left_size < right_size ? left_size : right_size);

    return order != 0 ? order
                      : (left_size > right_size) - (left_size < right_size);
}

/* One of the changes: where it stands in the caller's list. */
typedef const char *const *change;

/* By name; of two with one name, the later first, since that one counts. */
static int order_changes(const void *left, const void *right)
{
    const change *a = left, *b = right;
    int order = compare_names(**a, **b);

    return order != 0 ? order : (*a < *b) - (*a > *b);
}

static int order_to(const void *name, const void *one)
{
    const change *other = one;

    return compare_names(name, **other);
}

struct changes {
    change *sorted; /* the last one of each name */
    size_t count;
};

static int sort_changes(struct changes *c, const char *const *list)
{
    size_t given = count_words(list);

    c->count = 0;
    c->sorted = malloc((given + 1) * sizeof *c->sorted);
    if (c->sorted == NULL)
        return ENOMEM;
    for (size_t i = 0; i < given; i++)
        c->sorted[i] = &list[i];
    qsort(c->sorted, given, sizeof *c->sorted, order_changes);
    for (size_t i = 0; i < given; i++)
        if (c->count == 0 ||
            compare_names(*c->sorted[c->count - 1], *c->sorted[i]) != 0)
            c->sorted[c->count++] = c->sorted[i];
    return 0;
}

/* The change that counts for the name of a setting; NULL: there is none. */
static change find_change(const struct changes *c, const char *setting)
{
    const change *found = bsearch(setting, c->sorted, c->count,
                                  sizeof *c->sorted, order_to);

    return found != NULL ? *found : NULL;
}

static int list_env(struct lists *lists, const char *const *env,
                    const char *const *list)
{
    size_t room = count_words(env) + count_words(list) + 1;
    size_t count = 0;
    struct changes changes;

    lists->env = malloc(room * sizeof *lists->env);
    if (lists->env == NULL || sort_changes(&changes, list) != 0)
        return ENOMEM;
    for (; env != NULL && *env != NULL; env++)
        if (find_change(&changes, *env) == NULL)
            lists->env[count++] = *env;
    for (; *list != NULL; list++)
        if (strchr(*list, '=') != NULL && find_change(&changes, *list) == list)
            lists->env[count++] = *list;
    lists->env[count] = NULL;
    free(changes.sorted);
    return 0;
}

static const char *find_path(const char *const *env)
{
    for (; env != NULL && *env != NULL; env++)
        if (strncmp(*env, "PATH=", 5) == 0)
            return *env + 5;
    return "/bin:/usr/bin";
}

static void fill_programs(const char **programs, char *text, const char *name,
                          const char *path)
{
    for (;;) {
        size_t length = strcspn(path, ":");

        *programs++ = text;
        text += sprintf(text, "%.*s%s%s", (int)length, path,
                        length > 0 ? "/" : "", name) + 1;
        if (path[length] == '\0')
            break;
        path += length + 1;
    }
    *programs = NULL;
}

static int list_programs(struct lists *lists, const char *name,
                         const char *path)
{
    size_t entries = 1;
    size_t bytes;

    for (const char *c = path; *c != '\0'; c++)
        entries += *c == ':';
    bytes = strlen(path) + entries * (strlen(name) + 2);
    lists->programs = malloc((entries + 1) * sizeof *lists->programs + bytes);
    if (lists->programs == NULL)
        return ENOMEM;
    fill_programs(lists->programs, (char *)(lists->programs + entries + 1),
                  name, path);
    return 0;
}

static bool needs_search(const char *name)
{
    return *name != '\0' && strchr(name, '/') == NULL;
}

static const char *const *our_environment(void)
{
    return (const char *const *)environ;
}

static int list_all(struct lists *lists, const char *const argv[],
                    const struct process_options *o)
{
    const char *const *env = o->env != NULL ? o->env : our_environment();
    const char *name = o->executable;
    int err = 0;

    if (o->pass_as != NULL) {
        lists->moved = calloc(o->pass_count + 1, sizeof *lists->moved);
        err = lists->moved == NULL ? ENOMEM : 0;
    }
    if (err == 0 && o->shell)
        err = list_shell(lists, argv);
    if (err == 0 && o->env_changes != NULL)
        err = list_env(lists, env, o->env_changes);
    if (err != 0)
        return err;
    if (name == NULL)
        name = o->shell ? lists->argv[0] : argv[0];
    else if (o->shell)
        lists->argv[0] = name;
    if (lists->env != NULL)
        env = lists->env;
    return list_programs(lists, name, needs_search(name) ? find_path(env) : "");
}

/* The start. */

/* Busy is a file that somebody writes; or whose writer is just being copied
 * into a child of another thread, and that is over in microseconds. */
enum { LONGEST_BUSY_NAP_MS = 32 };

static void spawn_patiently(const struct process_plan *plan,
                            struct process_birth *birth)
{
    process_spawn(plan, birth);
    for (int nap_ms = 1; birth->err == ETXTBSY && nap_ms <= LONGEST_BUSY_NAP_MS;
         nap_ms *= 2) {
        poll(NULL, 0, nap_ms);
        process_spawn(plan, birth);
    }
}

static void adopt(struct process *p, const struct process_birth *birth,
                  const struct process_options *o)
{
    p->pid = birth->pid;
    p->own.pidfd = birth->pidfd;
    p->own.reaped = false;
    p->own.leads = o->new_group || process_has_session(o);
    p->own.end_group = o->end_group;
    p->own.end_tree = o->end_tree;
    p->own.ended = p->own.told = false;
    p->own.output_limit = o->output_limit;
    p->own.drain_ms = o->drain_ms;
    p->own.stop_signal = o->stop_signal;
    p->own.on_output = o->on_output;
    p->own.context = o->context;
    p->own.by_line = o->by_line;
}

static int spawn(struct process *p, struct lists *lists,
                 const struct process_streams *s, const char *const argv[],
                 const struct process_options *o)
{
    const char *const *env = o->env != NULL ? o->env : our_environment();
    struct process_birth birth;
    const struct process_plan plan = {
        .programs = lists->programs,
        .argv = lists->argv != NULL ? lists->argv : argv,
        .envp = lists->env != NULL ? lists->env : env,
        .streams = {s->become[0], s->become[1], s->become[2]},
        .set_group = (o->new_group && !process_has_session(o)) ||
                     o->join_group > 0,
        .group = o->join_group,
        .terminal = s->terminal,
        .parent = getpid(),
        .moved = lists->moved,
        .portable = strcmp(process_wish(), "portable") == 0,
        .descriptors = sysconf(_SC_OPEN_MAX),
        .options = o,
    };

    spawn_patiently(&plan, &birth);
    lists->failed = birth.failed;
    p->result.stage = birth.stage;
    if (birth.err == 0)
        adopt(p, &birth, o);
    return birth.err;
}

int process_init(struct process *p)
{
    *p = (struct process){.stdin_fd = -1, .stdout_fd = -1, .stderr_fd = -1};
    pthread_mutex_init(&p->own.lock, NULL); /* fails nowhere that we know */
    p->own.pidfd = -1;
    p->own.reaped = p->own.ended = p->own.told = true;
    p->result = (struct process_result){.out = calloc(1, 1),
                                        .err = calloc(1, 1),
                                        .out_room = 1,
                                        .err_room = 1,
                                        .message = ""};
    return p->result.out != NULL && p->result.err != NULL ? 0 : ENOMEM;
}

static int check_options(struct process *p, const char *const argv[],
                         const struct process_options *options)
{
    const char *why;
    int err = process_check_options(argv, options, &why);

    if (err != 0) {
        p->result.stage = PROCESS_AT_OPTIONS;
        p->result.message = why;
    }
    return err;
}

int process_refuse(struct process *p, const char *why)
{
    int err = process_init(p);

    p->result.stage = PROCESS_AT_OPTIONS;
    p->result.message = why;
    return err != 0 ? err : EINVAL;
}

#ifdef O_PATH /* a directory that may be searched need not be readable */
enum { TO_SEARCH = O_PATH };
#else
enum { TO_SEARCH = O_RDONLY };
#endif

/* What a program that is there lacks: the interpreter that its first line
 * names, or, as it has no such line that we may read, a loader: "". */
static void find_interpreter(const char *program, const char *cwd, char *name,
                             size_t size)
{
    int dir = open(cwd != NULL ? cwd : ".", TO_SEARCH | O_DIRECTORY | O_CLOEXEC);
    int fd = openat(dir, program, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    ssize_t got = fd >= 0 ? read(fd, name, size - 1) : 0;

    process_close(&fd);
    process_close(&dir);
    name[got > 0 ? got : 0] = '\0';
    if (strncmp(name, "#!", 2) == 0) {
        size_t blanks = strspn(name + 2, " \t");

        memmove(name, name + 2 + blanks, strlen(name + 2 + blanks) + 1);
        name[strcspn(name, " \t\n")] = '\0';
    } else {
        name[0] = '\0';
    }
}

static bool may_not_run(const char *interpreter)
{
    return *interpreter != '\0' && !process_is_program(interpreter);
}

static void explain(struct process *p, const char *const argv[],
                    const struct process_options *options,
                    const struct lists *lists, const char *file, int err)
{
    char *command = process_command_text(argv);
    char interpreter[256]; /* the kernel reads no more: execve(2) */
    struct process_trouble trouble = {.command = command, .err = err,
                                      .cwd = options->cwd, .file = file,
                                      .program = options->executable};

    if (lists->failed != NULL && strcmp(lists->failed, argv[0]) != 0)
        trouble.program = lists->failed;
    if (lists->failed != NULL && (err == ENOENT || err == EACCES)) {
        find_interpreter(lists->failed, options->cwd, interpreter,
                         sizeof interpreter);
        if (err == ENOENT || may_not_run(interpreter))
            trouble.interpreter = interpreter;
    }
    process_explain(&p->result, &trouble);
    free(command);
}

static int begin(struct process *p, const char *const argv[],
                 const struct process_options *options)
{
    struct process_streams streams;
    struct lists lists = {.argv = NULL};
    int err;

    process_no_streams(&streams);
    err = check_options(p, argv, options);
    if (err == 0)
        err = list_all(&lists, argv, options);
    if (err == 0)
        err = process_open_streams(&streams, options);
    if (err == 0)
        err = spawn(p, &lists, &streams, argv, options);
    if (streams.failed != NULL)
        p->result.stage = PROCESS_AT_STREAMS;
    if (err != 0 && p->result.stage != PROCESS_AT_OPTIONS)
        explain(p, argv, options, &lists, streams.failed, err);
    free_lists(&lists);
    process_close_streams(&streams, err == 0);
    p->stdin_fd = streams.ours[0];
    p->stdout_fd = streams.ours[1];
    p->stderr_fd = streams.ours[2];
    return err;
}

/* Cancelled in the middle, it would leave a child that nobody waits for. */
int process_begin(struct process *p, const char *const argv[],
                  const struct process_options *options)
{
    int cancel_state;
    int err = process_init(p);

    pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &cancel_state);
    p->result.stage = PROCESS_AT_PREPARATION;
    process_collect();
    if (err == 0)
        err = begin(p, argv, options);
    else
        process_say(&p->result, "no memory for the handle of a child");
    pthread_setcancelstate(cancel_state, NULL);
    return err;
}

int process_start(struct process *p, const char *const argv[],
                  const struct process_options *options)
{
    static const struct process_options defaults;
    int err;

    if (p == NULL)
        return EINVAL;
    if (options == NULL)
        options = &defaults;
    if (options->reuse != NULL)
        return process_refuse(p, "reuse is for process_run");
    if (options->input != NULL || options->timeout_ms != 0 || options->check)
        return process_refuse(p, "input, timeout_ms and check are for "
                                 "process_run and process_pipeline");
    err = process_begin(p, argv, options);
    if (err == 0)
        p->own.command = process_command_text(argv); /* NULL: no words then */
    return err;
}
