/* Written by heddle tangle from chapters/85-process-all.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#define _POSIX_C_SOURCE 200809L /* strict */

#include "lib/process_inside.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

/* What may not be so, and the sentence about it. */
struct rule {
    bool broken;
    const char *why;
};

static const char *first_broken(const struct rule rules[], size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (rules[i].broken)
            return rules[i].why;
    return NULL;
}

#define FIRST_BROKEN(rules) first_broken(rules, sizeof rules / sizeof rules[0])

static const char *fault_of_streams(const struct process_options *o)
{
    bool own = o->stdout_to != PROCESS_INHERIT ||
               o->stderr_to != PROCESS_INHERIT;
    const struct rule rules[] = {
        {o->stdin_from == PROCESS_STDOUT || o->stdin_from > PROCESS_TERMINAL,
         "stdin_from names no place for stdin"},
        {o->stdout_to == PROCESS_STDOUT || o->stdout_to > PROCESS_TERMINAL,
         "stdout_to names no place for stdout"},
        {o->stderr_to > PROCESS_TERMINAL,
         "stderr_to names no place for stderr"},
        {o->capture_output && own,
         "capture_output excludes stdout_to and stderr_to"},
        {o->input == NULL && o->input_size > 0, "input_size without input"},
        {o->input != NULL && o->stdin_from > PROCESS_PIPE &&
             o->stdin_from != PROCESS_TERMINAL,
         "input excludes stdin_from"},
        {o->pipe_size < 0, "pipe_size is below zero"},
    };

    return FIRST_BROKEN(rules);
}

static const char *fault_of_passes(const struct process_options *o)
{
    if (o->pass_fds == NULL)
        return o->pass_count > 0   ? "pass_count without pass_fds"
               : o->pass_as != NULL ? "pass_as without pass_fds"
                                    : NULL;
    for (size_t i = 0; i < o->pass_count; i++) {
        if (o->pass_fds[i] <= STDERR_FILENO)
            return "pass_fds has a descriptor below 3";
        if (o->pass_as != NULL && o->pass_as[i] <= STDERR_FILENO)
            return "pass_as has a number below 3";
        for (size_t k = 0; o->pass_as != NULL && k < i; k++)
            if (o->pass_as[k] == o->pass_as[i])
                return "pass_as has a number twice";
    }
    return NULL;
}

static const char *fault_of_files(const struct process_options *o)
{
    const struct rule rules[] = {
        {o->stdin_file != NULL &&
             (o->stdin_from != PROCESS_INHERIT || o->input != NULL),
         "stdin_file excludes stdin_from and input"},
        {o->stdout_file != NULL &&
             (o->stdout_to != PROCESS_INHERIT || o->capture_output),
         "stdout_file excludes stdout_to and capture_output"},
        {o->stderr_file != NULL &&
             (o->stderr_to != PROCESS_INHERIT || o->capture_output),
         "stderr_file excludes stderr_to and capture_output"},
        {o->append && o->stdout_file == NULL && o->stderr_file == NULL,
         "append without stdout_file or stderr_file"},
    };

    return FIRST_BROKEN(rules);
}

static bool is_ours(enum process_stream leads)
{
    return leads == PROCESS_PIPE || leads == PROCESS_TERMINAL;
}

bool process_is_signal(int number)
{
    sigset_t set;

    sigemptyset(&set);
    return number == 0 || sigaddset(&set, number) == 0;
}

static const char *fault_of_limits(const struct process_options *o)
{
    bool piped = o->capture_output || is_ours(o->stdout_to) ||
                 is_ours(o->stderr_to);
    const struct rule rules[] = {
        {o->timeout_ms < 0, "timeout_ms is below zero"},
        {o->grace_ms < 0, "grace_ms is below zero"},
        {o->drain_ms < 0, "drain_ms is below zero"},
        {o->grace_ms > 0 && o->timeout_ms == 0, "grace_ms without timeout_ms"},
        {!process_is_signal(o->stop_signal), "stop_signal is no signal"},
        {!process_is_signal(o->death_signal), "death_signal is no signal"},
        {o->limits == NULL && o->limit_count > 0, "limit_count without limits"},
        {o->by_line && o->on_output == NULL, "by_line without on_output"},
        {o->on_output != NULL && !piped,
         "on_output without a PROCESS_PIPE: see capture_output"},
    };

    return FIRST_BROKEN(rules);
}

bool process_has_session(const struct process_options *o)
{
    return o->new_session || o->stdin_from == PROCESS_TERMINAL ||
           o->stdout_to == PROCESS_TERMINAL || o->stderr_to == PROCESS_TERMINAL;
}

static const char *fault_of_company(const struct process_options *o)
{
    bool leads = o->new_group || process_has_session(o);
    const struct rule rules[] = {
        {o->end_group && !leads, "end_group needs new_group or new_session"},
        {o->join_group < 0, "join_group is below zero"},
        {o->join_group > 0 && leads,
         "join_group excludes new_group, new_session and PROCESS_TERMINAL"},
        {o->shell && o->executable != NULL && o->executable[0] == '\0',
         "shell with an empty executable"},
    };

    return FIRST_BROKEN(rules);
}

/* To setreuid(2) it means "no change": the child would stay who we are. */
static bool has_minus_one(const struct process_options *o)
{
    bool found = (o->user != NULL && *o->user == (uid_t)-1) ||
                 (o->group != NULL && *o->group == (gid_t)-1);

    for (size_t i = 0; o->groups != NULL && i < o->group_count; i++)
        found = found || o->groups[i] == (gid_t)-1;
    return found;
}

static bool is_another_user(const struct process_options *o)
{
    return o->user != NULL && *o->user != 0 && !process_is_user(*o->user);
}

static const char *fault_of_identity(const struct process_options *o)
{
    bool half = (o->group == NULL || o->groups == NULL) && !o->keep_groups;
    const struct rule rules[] = {
        {o->groups == NULL && o->group_count > 0, "group_count without groups"},
        {has_minus_one(o), "user or group -1 would leave it as it is"},
        {o->keep_groups && o->groups != NULL, "keep_groups excludes groups"},
        {half && is_another_user(o),
         "user without group and groups would keep ours: see keep_groups"},
    };

    return FIRST_BROKEN(rules);
}

static bool names_make_sense(const char *const *env, bool may_remove)
{
    for (; env != NULL && *env != NULL; env++) {
        const char *equals = strchr(*env, '=');

        if (equals == *env || **env == '\0' || (equals == NULL && !may_remove))
            return false;
    }
    return true;
}

static bool is_open(int fd)
{
    return fd >= 0 && fcntl(fd, F_GETFD) >= 0;
}

static bool descriptors_are_open(const struct process_options *o)
{
    bool open = (o->stdin_from != PROCESS_FD || is_open(o->stdin_fd)) &&
                (o->stdout_to != PROCESS_FD || is_open(o->stdout_fd)) &&
                (o->stderr_to != PROCESS_FD || is_open(o->stderr_fd));

    for (size_t i = 0; i < o->pass_count; i++)
        open = open && is_open(o->pass_fds[i]);
    return open;
}

static bool is_within(const char *text, const char *memory, size_t room)
{
    uintptr_t at = (uintptr_t)text, from = (uintptr_t)memory;

    return memory != NULL && at >= from && at - from < room;
}

/* What is captured is written there while the input, and at the end the words,
 * are read. */
static const char *fault_of_reuse(const char *const argv[],
                                  const struct process_options *o)
{
    const struct process_result *old = o->reuse;

    if (old == NULL || argv == NULL)
        return NULL;
    if (is_within(o->input, old->out, old->out_room) ||
        is_within(o->input, old->err, old->err_room))
        return "input is in the result that is reused";
    for (size_t i = 0; argv[i] != NULL; i++)
        if (is_within(argv[i], old->out, old->out_room) ||
            is_within(argv[i], old->err, old->err_room))
            return "a word of argv is in the result that is reused";
    return NULL;
}

static const char *find_fault(const char *const argv[],
                              const struct process_options *o)
{
    const char *const faults[] = {
        argv == NULL || argv[0] == NULL ? "no program: argv[0] is missing"
                                        : NULL,
        fault_of_streams(o),
        fault_of_passes(o),
        fault_of_files(o),
        fault_of_limits(o),
        fault_of_company(o),
        fault_of_identity(o),
        fault_of_reuse(argv, o),
        names_make_sense(o->env, false) ? NULL : "env is not all NAME=value",
        names_make_sense(o->env_changes, true)
            ? NULL : "env_changes has an entry without a name",
    };

    for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++)
        if (faults[i] != NULL)
            return faults[i];
    return NULL;
}

int process_check_options(const char *const argv[],
                          const struct process_options *o, const char **why)
{
    *why = find_fault(argv, o);
    if (*why != NULL)
        return EINVAL;
    *why = "a descriptor among the options is not open";
    return descriptors_are_open(o) ? 0 : EBADF;
}
