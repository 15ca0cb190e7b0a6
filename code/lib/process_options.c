/* Written by heddle tangle from chapters/21-process-inside.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#define _GNU_SOURCE /* getresuid */

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
        {o->stdin_from > PROCESS_DEVNULL && o->stdin_from != PROCESS_FD,
         "stdin_from names no place for stdin"},
        {o->stdout_to > PROCESS_DEVNULL && o->stdout_to != PROCESS_FD,
         "stdout_to names no place for stdout"},
        {o->stderr_to > PROCESS_FD, "stderr_to names no place for stderr"},
        {o->capture_output && own,
         "capture_output excludes stdout_to and stderr_to"},
        {o->input == NULL && o->input_size > 0, "input_size without input"},
        {o->input != NULL && o->stdin_from > PROCESS_PIPE,
         "input excludes stdin_from"},
        {o->pass_fds == NULL && o->pass_count > 0,
         "pass_count without pass_fds"},
        {o->pipe_size < 0, "pipe_size is below zero"},
    };

    return FIRST_BROKEN(rules);
}

static const char *fault_of_passes(const struct process_options *o)
{
    for (size_t i = 0; o->pass_fds != NULL && i < o->pass_count; i++)
        if (o->pass_fds[i] <= STDERR_FILENO)
            return "pass_fds has a descriptor below 3";
    return NULL;
}

static bool is_signal(int number)
{
    sigset_t set;

    sigemptyset(&set);
    return number == 0 || sigaddset(&set, number) == 0;
}

static const char *fault_of_limits(const struct process_options *o)
{
    bool piped = o->capture_output || o->stdout_to == PROCESS_PIPE ||
                 o->stderr_to == PROCESS_PIPE;
    const struct rule rules[] = {
        {o->timeout_ms < 0, "timeout_ms is below zero"},
        {o->grace_ms < 0, "grace_ms is below zero"},
        {o->drain_ms < 0, "drain_ms is below zero"},
        {o->grace_ms > 0 && o->timeout_ms == 0, "grace_ms without timeout_ms"},
        {!is_signal(o->stop_signal), "stop_signal is no signal"},
        {o->by_line && o->on_output == NULL, "by_line without on_output"},
        {o->on_output != NULL && !piped,
         "on_output without a PROCESS_PIPE: see capture_output"},
    };

    return FIRST_BROKEN(rules);
}

static const char *fault_of_company(const struct process_options *o)
{
    bool leads = o->new_group || o->new_session;
    const struct rule rules[] = {
        {o->end_group && !leads, "end_group needs new_group or new_session"},
        {o->join_group < 0, "join_group is below zero"},
        {o->join_group > 0 && leads,
         "join_group excludes new_group and new_session"},
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
    uid_t real, effective, saved;

    return o->user != NULL && *o->user != 0 &&
           (getresuid(&real, &effective, &saved) != 0 || real != *o->user ||
            effective != *o->user || saved != *o->user);
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

static const char *find_fault(const char *const argv[],
                              const struct process_options *o)
{
    const char *const faults[] = {
        argv == NULL || argv[0] == NULL ? "no program: argv[0] is missing"
                                        : NULL,
        fault_of_streams(o),
        fault_of_passes(o),
        fault_of_limits(o),
        fault_of_company(o),
        fault_of_identity(o),
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
