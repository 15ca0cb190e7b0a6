/* Written by heddle tangle from chapters/85-process-all.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#define _POSIX_C_SOURCE 200809L /* SIGKILL, SIGPIPE */

#include "lib/process_inside.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>

int process_check(const struct process_result *result)
{
    if (result->returncode == PROCESS_UNKNOWN)
        return ECHILD;
    return result->returncode == 0 ? 0 : EPROTO;
}

void process_result_destroy(struct process_result *result)
{
    process_free_text(result->out, result->out_room);
    process_free_text(result->err, result->err_room);
    free(result->message_memory);
    *result = (struct process_result){.message = ""};
}

/* No zombie, no open descriptor, and no child that works on unseen. */
void process_destroy(struct process *p)
{
    if (p->result.message == NULL)
        return; /* all zero: 0 is a number of a descriptor, too */
    process_close(&p->stdin_fd);
    process_close(&p->stdout_fd);
    process_close(&p->stderr_fd);
    if (process_poll(p, NULL) == EBUSY &&
        process_wait(p, process_end(p), NULL) != 0)
        process_let_go(p); /* no memory: then it stays a zombie */
    process_release(p);
    process_close(&p->own.pidfd);
    p->own.told = true;
    free(p->own.command);
    p->own.command = NULL;
    process_result_destroy(&p->result);
}

int process_detach(struct process *p)
{
    int cancel_state;
    int err = 0;

    pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &cancel_state);
    if (process_poll(p, NULL) == EBUSY)
        err = process_let_go(p);
    if (err == 0)
        process_destroy(p);
    pthread_setcancelstate(cancel_state, NULL);
    return err;
}

/* One child. */

static void hand_over(struct process *p, struct process_result *result)
{
    *result = p->result;
    p->result = (struct process_result){.message = ""};
    process_destroy(p);
}

static int64_t limit_of(const struct process_options *o)
{
    return o->timeout_ms > 0 ? o->timeout_ms : PROCESS_FOREVER;
}

static void explain(struct process_result *result, const char *const argv[],
                    const struct process_options *o,
                    struct process_trouble trouble)
{
    bool needed = trouble.err != 0 || trouble.returncode != 0;
    char *command = needed ? process_command_text(argv) : NULL;

    trouble.command = command;
    trouble.timeout_ms = o->timeout_ms;
    trouble.output_limit = o->output_limit;
    process_explain(result, &trouble);
    free(command);
}

static int run(struct process *p, const char *const argv[],
               const struct process_options *o)
{
    int64_t deadline = process_deadline(limit_of(o));
    int err = process_begin(p, argv, o);
    bool held, refused; /* was its output, by others, or by on_output? */

    if (o->reuse != NULL)
        process_reuse(p, o->reuse);
    if (err != 0)
        return err;
    process_offer(p, o->input, o->input_size);
    err = process_talk(p, deadline);
    held = p->own.ended;
    refused = p->own.refused != 0; /* with any number, ETIMEDOUT as well */
    if (err == ETIMEDOUT && !refused && o->grace_ms > 0) {
        process_ask(p);
        process_talk(p, process_deadline(o->grace_ms));
    }
    if (err != 0)
        process_finish(p, process_end(p));
    if (err == 0 && o->check)
        err = process_check(&p->result);
    explain(&p->result, argv, o,
            (struct process_trouble){.err = err,
                                     .returncode = p->result.returncode,
                                     .alive = !p->own.reaped,
                                     .kept = process_is_kept(p),
                                     .held = held,
                                     .refused = refused});
    return err;
}

int process_run(const char *const argv[], const struct process_options *options,
                struct process_result *result)
{
    static const struct process_options defaults;
    struct process p;
    int cancel_state;
    int err;

    if (result == NULL)
        return EINVAL;
    pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &cancel_state);
    err = run(&p, argv, options != NULL ? options : &defaults);
    hand_over(&p, result);
    pthread_setcancelstate(cancel_state, NULL);
    return err;
}

/* A row of them. */

static struct process_options one_of(const struct process_options *whole,
                                     const struct process row[], size_t i,
                                     size_t count, int errors)
{
    struct process_options o = *whole;

    if (whole->capture_output)
        o.stdout_to = PROCESS_PIPE;
    if (i + 1 < count) {
        o.stdout_to = PROCESS_PIPE;
        o.stdout_file = NULL;
        o.append = false;
    }
    o.capture_output = false;
    o.on_output = NULL; /* of the row's, the last handle's: see below */
    o.by_line = false;
    if (i > 0) {
        o.input = NULL;
        o.input_size = 0;
        o.stdin_file = NULL;
        o.stdin_from = PROCESS_FD;
        o.stdin_fd = row[i - 1].stdout_fd;
        o.new_group = false;
        o.join_group = whole->new_group ? row[0].pid : whole->join_group;
    }
    if (errors >= 0) {
        o.stderr_to = PROCESS_FD;
        o.stderr_fd = errors;
    }
    return o;
}

static int start_row(struct process row[], size_t *started,
                     const char *const *const commands[], size_t count,
                     const struct process_options *whole, int errors)
{
    int err = 0;

    for (size_t i = 0; i < count && err == 0; i++) {
        struct process_options o = one_of(whole, row, i, count, errors);

        err = process_begin(&row[i], commands[i], &o);
        *started = i + 1;
        if (i > 0) /* or the writer would not learn that its reader is gone */
            process_close(&row[i - 1].stdout_fd);
    }
    return err;
}

/* One conversation with both ends: the last handle gets the first's input. */
static void take_both_ends(struct process row[], size_t count, int *errors,
                           const struct process_options *o)
{
    struct process *last = &row[count - 1];

    if (count > 1) {
        last->stdin_fd = row[0].stdin_fd;
        row[0].stdin_fd = -1;
    }
    last->stderr_fd = *errors;
    *errors = -1;
    last->own.on_output = o->on_output;
    last->own.context = o->context;
    last->own.by_line = o->by_line;
}

static int wait_for_row(struct process row[], size_t count, int64_t deadline)
{
    int err = 0;

    for (size_t i = count; i-- > 0 && err == 0;)
        err = process_wait_until(&row[i], deadline, &row[i].result.returncode);
    return err;
}

static int talk_with_row(struct process row[], size_t count, int64_t deadline)
{
    int err = process_talk(&row[count - 1], deadline);

    return err != 0 ? err : wait_for_row(row, count, deadline);
}

static void ask_row(struct process row[], size_t count)
{
    for (size_t i = 0; i < count; i++)
        process_ask(&row[i]);
}

static void end_row(struct process row[], size_t started)
{
    for (size_t i = 0; i < started; i++)
        process_end(&row[i]); /* the first leads the group, if there is one */
    for (size_t i = started; i-- > 0;)
        process_finish(&row[i], process_end(&row[i]));
}

static int run_row(struct process row[], size_t *started,
                   const char *const *const commands[], size_t count,
                   const struct process_options *o, int errors[2])
{
    int64_t deadline = process_deadline(limit_of(o));
    int err = start_row(row, started, commands, count, o, errors[1]);

    process_close(&errors[1]);
    if (err != 0) {
        end_row(row, *started - 1); /* that one did not start */
        return err;
    }
    take_both_ends(row, count, &errors[0], o);
    process_offer(&row[count - 1], o->input, o->input_size);
    err = talk_with_row(row, count, deadline);
    if (err == ETIMEDOUT && row[count - 1].own.refused == 0 &&
        o->grace_ms > 0) {
        ask_row(row, o->new_group ? 1 : count);
        talk_with_row(row, count, process_deadline(o->grace_ms));
    }
    if (err != 0)
        end_row(row, count);
    return err;
}

/* The place of the first that failed; `count` if none did. A writer whose
 * reader had enough has not: `yes | head`. */
static size_t find_failed(const struct process row[], size_t count)
{
    size_t i = 0;

    while (i < count && (row[i].result.returncode == 0 ||
                         (i + 1 < count &&
                          row[i].result.returncode == -SIGPIPE)))
        i++;
    return i;
}

/* By us, as it seems. */
static bool was_ended(int returncode, const struct process_options *o)
{
    int asked = o->stop_signal != 0 ? o->stop_signal : SIGTERM;

    return returncode == -SIGKILL || returncode == PROCESS_UNKNOWN ||
           (o->grace_ms > 0 && returncode == -asked);
}

/* The place of the first that took too long; or the last one's. */
static size_t find_slow(const struct process row[], size_t count,
                        const struct process_options *o)
{
    size_t i = 0;

    while (i + 1 < count && !was_ended(row[i].result.returncode, o))
        i++;
    return i;
}

static int report(struct process row[], size_t started, size_t count,
                  const char *const *const commands[],
                  const struct process_options *o, int err)
{
    struct process_result *last = &row[started - 1].result;
    size_t failed = find_failed(row, started);
    size_t told = started - 1;
    bool alive = false, kept = false;

    if (last->stage != PROCESS_AT_NOTHING)
        return err; /* it was not started, and has its message */
    if (err == 0 && failed < count)
        told = failed;
    if (err == ETIMEDOUT && row[told].own.refused == 0)
        told = find_slow(row, started, o);
    if (err == 0 && o->check && failed < count)
        err = process_check(&row[failed].result);
    for (size_t i = 0; i < started; i++) {
        alive = alive || !row[i].own.reaped;
        kept = kept || process_is_kept(&row[i]);
    }
    explain(last, commands[told], o,
            (struct process_trouble){.err = err, .alive = alive, .kept = kept,
                                     .returncode = row[told].result.returncode,
                                     .refused = row[told].own.refused != 0});
    return err;
}

/* What is wrong with the row; NULL: nothing. */
static const char *fault_of_row(const char *const *const commands[],
                                size_t count, const struct process_options *o)
{
    bool own = o->stdout_to != PROCESS_INHERIT ||
               o->stderr_to != PROCESS_INHERIT;

    if (commands == NULL || count == 0)
        return "no program: the row is empty";
    for (size_t i = 0; i < count; i++)
        if (commands[i] == NULL || commands[i][0] == NULL)
            return "no program: a command of the row is empty";
    if (o->end_group || process_has_session(o))
        return "end_group, new_session and terminals are not for a row";
    if (o->end_tree || o->reuse != NULL)
        return "end_tree and reuse are not for a row";
    if (o->stderr_file != NULL)
        return "stderr_file is not for a row: see PROCESS_FD";
    if (o->stdout_file != NULL &&
        (o->stdout_to != PROCESS_INHERIT || o->capture_output))
        return "stdout_file excludes stdout_to and capture_output";
    if (o->capture_output && own)
        return "capture_output excludes stdout_to and stderr_to";
    if (o->on_output == NULL && o->by_line)
        return "by_line without on_output";
    if (o->on_output != NULL && !o->capture_output &&
        o->stdout_to != PROCESS_PIPE && o->stderr_to != PROCESS_PIPE)
        return "on_output without a PROCESS_PIPE: see capture_output";
    return o->new_group && o->join_group != 0 ? "join_group excludes new_group"
                                              : NULL;
}

/* Nothing was started: a result that says so. */
static int refuse_row(const char *why, struct process_result *result)
{
    struct process p;
    int err = process_refuse(&p, why);

    hand_over(&p, result);
    return err;
}

static int refuse(const char *const argv[], const struct process_options *o,
                  int err, struct process_result *result)
{
    struct process p;

    if (process_init(&p) != 0)
        err = ENOMEM;
    p.result.stage = PROCESS_AT_PREPARATION;
    explain(&p.result, argv, o, (struct process_trouble){.err = err});
    hand_over(&p, result);
    return err;
}

static int run_in_row(struct process row[], const char *const *const commands[],
                      size_t count, const struct process_options *o,
                      int returncodes[], struct process_result *result)
{
    int errors[2] = {-1, -1};
    size_t started = 0;
    int err = 0;

    if (o->capture_output || o->stderr_to == PROCESS_PIPE)
        err = process_open_pipe(errors);
    if (err != 0)
        return refuse(commands[0], o, err, result);
    err = run_row(row, &started, commands, count, o, errors);
    err = report(row, started, count, commands, o, err);
    process_close(&errors[0]);
    for (size_t i = 0; i < count && returncodes != NULL; i++)
        returncodes[i] = row[i].result.returncode;
    for (size_t i = 0; i + 1 < started; i++)
        process_destroy(&row[i]);
    hand_over(&row[started - 1], result);
    return err;
}

int process_pipeline(const char *const *const commands[], size_t count,
                     const struct process_options *options, int returncodes[],
                     struct process_result *result)
{
    static const struct process_options defaults;
    const struct process_options *o = options != NULL ? options : &defaults;
    struct process *row;
    int cancel_state;
    int err;

    if (result == NULL)
        return EINVAL;
    if (fault_of_row(commands, count, o) != NULL)
        return refuse_row(fault_of_row(commands, count, o), result);
    row = calloc(count, sizeof *row);
    if (row == NULL)
        return refuse(commands[0], o, ENOMEM, result);
    pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &cancel_state);
    err = run_in_row(row, commands, count, o, returncodes, result);
    pthread_setcancelstate(cancel_state, NULL);
    free(row);
    return err;
}
