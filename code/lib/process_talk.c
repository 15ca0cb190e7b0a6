/* Written by heddle tangle from chapters/85-process-all.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#define _POSIX_C_SOURCE 200809L /* strict */

#include "lib/process_inside.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum {
    ENTRIES = 4, /* of poll(2), for one child */
    LONGEST_NAP_MS = 16,
    PIPE_ROOM = 65536 /* what a pipe holds by itself: pipe(7) */
};

/* Input. */

/* Where the signal is ignored, there may be none, and nothing to wait for. One
 * that a write raised is this thread's, so no other takes it meanwhile. */
static void take_pending(const sigset_t *signals)
{
    sigset_t pending;
    int number;

    if (sigpending(&pending) == 0 && sigismember(&pending, SIGPIPE) == 1)
        (void)sigwait(signals, &number);
}

/* As write(2); the error in *err, and SIGPIPE never left behind. */
static ssize_t write_quietly(int fd, const void *data, size_t size, int *err)
{
    sigset_t broken_pipe, mask, pending;
    ssize_t written;

    sigemptyset(&broken_pipe);
    sigaddset(&broken_pipe, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &broken_pipe, &mask);
    sigpending(&pending);
    written = write(fd, data, size);
    *err = written < 0 ? errno : 0;
    if (*err == EPIPE && sigismember(&pending, SIGPIPE) == 0)
        take_pending(&broken_pipe);
    pthread_sigmask(SIG_SETMASK, &mask, NULL);
    return written;
}

static int end_input(struct process *p)
{
    static const char no_more[] = {4, 4};
    int err = 0;

    if (isatty(p->stdin_fd))
        write_quietly(p->stdin_fd, no_more, sizeof no_more, &err);
    else
        process_close(&p->stdin_fd);
    p->own.fed = err == 0;
    return err;
}

/* A child that does not read to the end has its reasons: no error of ours. */
static int give_input(struct process *p)
{
    int err;
    ssize_t written =
        write_quietly(p->stdin_fd, p->own.input, p->own.input_left, &err);

    if (written > 0) {
        p->own.input += written;
        p->own.input_left -= (size_t)written;
    }
    if (p->own.input_left == 0 && err == 0 && !p->own.fed)
        err = end_input(p);
    if (err == EPIPE)
        process_close(&p->stdin_fd);
    return err == EAGAIN || err == EINTR || err == EPIPE ? 0 : err;
}

/* The end is ours alone, so whether it blocks is nobody else's business. */
static int write_until(struct process *p, const char *data, size_t size,
                       int64_t deadline, size_t *written)
{
    struct pollfd room = {.fd = p->stdin_fd, .events = POLLOUT};
    int err = 0;

    while (*written < size && err == 0) {
        ssize_t more = write_quietly(p->stdin_fd, data + *written,
                                     size - *written, &err);

        if (more > 0)
            *written += (size_t)more;
        if (err == EAGAIN)
            err = poll(&room, 1, process_ms_until(deadline)) == 0 ? ETIMEDOUT
                                                                  : 0;
        if (err == EINTR)
            err = 0;
    }
    return err;
}

int process_write_within(struct process *p, const void *data, size_t size,
                         int64_t timeout_ms, size_t *written)
{
    int flags = fcntl(p->stdin_fd, F_GETFL);
    int cancel_state;
    int err;

    *written = 0;
    if (timeout_ms < 0)
        return EINVAL;
    pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &cancel_state);
    if (timeout_ms != PROCESS_FOREVER)
        fcntl(p->stdin_fd, F_SETFL, flags | O_NONBLOCK);
    err = write_until(p, data, size, process_deadline(timeout_ms), written);
    if (timeout_ms != PROCESS_FOREVER)
        fcntl(p->stdin_fd, F_SETFL, flags);
    pthread_setcancelstate(cancel_state, NULL);
    return err;
}

int process_write(struct process *p, const void *data, size_t size)
{
    size_t written;

    return process_write_within(p, data, size, PROCESS_FOREVER, &written);
}

/* The loop. */

/* Those whom we talk with at the same time: one child, or many. */
struct party {
    struct process *children;
    size_t count;
    struct pollfd *fds;    /* four for each child, in order */
    struct pollfd *packed; /* those among them that are open, for poll(2) */
    int nap_ms;            /* when to look again, where there is no pidfd */
};

static bool takes_part(const struct process *p)
{
    return p->pid != 0 && !p->own.told;
}

static void list(const struct process *p, struct pollfd fds[ENTRIES])
{
    const struct pollfd any[4] = {
        {.fd = p->own.fed ? -1 : p->stdin_fd, .events = POLLOUT},
        {.fd = p->stdout_fd, .events = POLLIN},
        {.fd = p->stderr_fd, .events = POLLIN},
        {.fd = p->own.ended ? -1 : p->own.pidfd, .events = POLLIN},
    };

    for (int i = 0; i < ENTRIES; i++) {
        fds[i] = any[i];
        if (!takes_part(p))
            fds[i].fd = -1;
    }
}

static size_t pack(const struct party *party)
{
    size_t count = 0;

    for (size_t i = 0; i < party->count * ENTRIES; i++)
        if (party->fds[i].fd >= 0)
            party->packed[count++] = party->fds[i];
    return count;
}

static void unpack(struct party *party)
{
    size_t count = 0;

    for (size_t i = 0; i < party->count * ENTRIES; i++)
        if (party->fds[i].fd >= 0)
            party->fds[i].revents = party->packed[count++].revents;
}

/* poll failed: nothing is ready; or, if it never works, everything may be. */
static void suppose(struct party *party, int nap_ms)
{
    if (nap_ms > 0)
        poll(NULL, 0, nap_ms);
    for (size_t i = 0; i < party->count * ENTRIES; i++) {
        struct pollfd *fd = &party->fds[i];

        fd->revents = nap_ms > 0 && fd->fd >= 0 && i % ENTRIES < 3 ? fd->events
                                                                   : 0;
    }
}

/* *look: whether they have ended must be asked, for no descriptor says so. */
static int wait_for_events(struct party *party, int wait_ms, bool *look)
{
    int count;

    *look = false;
    for (size_t i = 0; i < party->count; i++) {
        const struct process *p = &party->children[i];

        list(p, &party->fds[i * ENTRIES]);
        *look = *look || (takes_part(p) && !p->own.ended && p->own.pidfd < 0);
    }
    if (*look && (wait_ms < 0 || wait_ms > party->nap_ms))
        wait_ms = party->nap_ms;
    count = poll(party->packed, (nfds_t)pack(party), wait_ms);
    if (count < 0 && errno != EINTR && errno != EAGAIN && errno != EINVAL)
        return errno;
    unpack(party);
    if (count < 0)
        suppose(party, errno == EINVAL ? party->nap_ms : 0);
    *look = *look || count < 0;
    if (count > 0)
        party->nap_ms = 1;
    else if (party->nap_ms < LONGEST_NAP_MS)
        party->nap_ms *= 2;
    return 0;
}

static void note_end(struct process *p)
{
    p->own.ended = true;
    p->own.drained_at = process_deadline(
        p->own.drain_ms > 0 ? p->own.drain_ms : PROCESS_FOREVER);
}

enum { TOO_SOON_MS = 1 };

/* Its descriptor may say so too soon; the loop is not to spin until it is so. */
static void look_for_its_end(struct process *p, bool said)
{
    if (process_has_ended(p))
        note_end(p);
    else if (said)
        poll(NULL, 0, TOO_SOON_MS);
}

static int serve_one(struct process *p, const struct pollfd fds[ENTRIES],
                     bool look)
{
    int err = 0;

    if (fds[0].revents != 0)
        err = give_input(p);
    if (err == 0 && fds[1].revents != 0)
        err = process_take(p, STDOUT_FILENO);
    if (err == 0 && fds[2].revents != 0)
        err = process_take(p, STDERR_FILENO);
    if (fds[3].revents != 0 || (look && !p->own.ended))
        look_for_its_end(p, fds[3].revents != 0);
    return err;
}

static int serve(struct party *party, int wait_ms, struct process **who)
{
    bool look;
    int err = wait_for_events(party, wait_ms, &look);

    for (size_t i = 0; i < party->count && err == 0; i++)
        if (takes_part(&party->children[i])) {
            err = serve_one(&party->children[i], &party->fds[i * ENTRIES],
                            look);
            if (err != 0)
                *who = &party->children[i];
        }
    return err;
}

/* The child's end and its output's end are two things, in either order: it may
 * close its streams and work on, and leave them to others and end. */
static bool is_done(const struct process *p)
{
    bool at_end = p->stdout_fd < 0 && p->stderr_fd < 0;

    return p->own.ended && (at_end || p->own.end_group ||
                            process_ms_until(p->own.drained_at) == 0);
}

static struct process *find_done(const struct party *party)
{
    for (size_t i = 0; i < party->count; i++)
        if (takes_part(&party->children[i]) && is_done(&party->children[i]))
            return &party->children[i];
    return NULL;
}

/* Until the time is up, or a child that has ended has had its drain_ms. */
static int wait_of(const struct party *party, int left_ms)
{
    for (size_t i = 0; i < party->count; i++) {
        const struct process *p = &party->children[i];
        int drain_ms = takes_part(p) && p->own.ended
                           ? process_ms_until(p->own.drained_at)
                           : -1;

        if (drain_ms >= 0 && (left_ms < 0 || drain_ms < left_ms))
            left_ms = drain_ms;
    }
    return left_ms;
}

/* 0 and who is done; ETIMEDOUT; or an error, and whose it is, if anybody's. */
static int attend(struct party *party, int64_t deadline, struct process **who)
{
    int err = 0;

    *who = find_done(party);
    while (err == 0 && *who == NULL) {
        int left_ms = process_ms_until(deadline);

        err = serve(party, wait_of(party, left_ms), who);
        if (err == 0)
            *who = find_done(party);
        if (err == 0 && left_ms == 0 && *who == NULL)
            err = ETIMEDOUT;
    }
    return err;
}

/* The calls. */

int process_finish(struct process *p, int64_t timeout_ms)
{
    int out_err, err_err;

    p->result.returncode = PROCESS_UNKNOWN;
    process_wait(p, timeout_ms, &p->result.returncode);
    process_usage(p, &p->result.usage);
    out_err = process_take_rest(p, STDOUT_FILENO);
    err_err = process_take_rest(p, STDERR_FILENO);
    process_close(&p->stdin_fd);
    p->own.told = true;
    return out_err != 0 ? out_err : err_err;
}

/* From now on no end of ours blocks; the child's have flags of their own. */
void process_offer(struct process *p, const void *input, size_t input_size)
{
    const int fds[3] = {p->stdin_fd, p->stdout_fd, p->stderr_fd};

    for (int i = 0; i < 3; i++)
        if (fds[i] >= 0)
            fcntl(fds[i], F_SETFL, O_NONBLOCK);
    p->own.talking = true;
    p->own.input = input;
    p->own.input_left = input_size;
    if (input_size > PIPE_ROOM)
        process_widen(p->stdin_fd);
}

int process_talk(struct process *p, int64_t deadline_ns)
{
    struct pollfd fds[2 * ENTRIES];
    struct party party = {p, 1, fds, fds + ENTRIES, 1};
    struct process *done;
    int err = 0;

    p->own.told = false;
    p->own.refused = 0;
    if (p->pid != 0) /* or there is nobody to wait for */
        err = attend(&party, deadline_ns, &done);
    return err != 0 ? err : process_finish(p, PROCESS_FOREVER);
}

static const char *fault_of_call(const struct process *p, const void *input,
                                 size_t input_size, int64_t timeout_ms)
{
    if (timeout_ms < 0)
        return "timeout_ms is below zero";
    if (input == NULL)
        return input_size > 0 ? "input_size without input" : NULL;
    if (p->own.talking)
        return "only the first process_communicate may bring an input";
    return p->stdin_fd < 0 ? "input, and stdin is no open pipe" : NULL;
}

static void explain(struct process *p, int err, int64_t timeout_ms)
{
    process_explain(&p->result, &(struct process_trouble){
        .command = p->own.command, .err = err,
        .returncode = p->result.returncode, .timeout_ms = timeout_ms,
        .output_limit = p->own.output_limit, .held = p->own.ended,
        .refused = p->own.refused != 0});
}

int process_communicate(struct process *p, const void *input,
                        size_t input_size, int64_t timeout_ms)
{
    const char *why = fault_of_call(p, input, input_size, timeout_ms);
    int cancel_state;
    int err;

    process_say(&p->result, why != NULL ? why : "");
    if (why != NULL)
        return EINVAL;
    pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &cancel_state);
    if (!p->own.talking)
        process_offer(p, input, input_size);
    err = process_talk(p, process_deadline(timeout_ms));
    pthread_setcancelstate(cancel_state, NULL);
    explain(p, err, timeout_ms);
    return err;
}

static int begin_with_all(struct party *party)
{
    size_t present = 0;

    for (size_t i = 0; i < party->count; i++) {
        struct process *p = &party->children[i];

        if (takes_part(p) && !p->own.talking)
            process_offer(p, NULL, 0);
        present += takes_part(p);
    }
    return present > 0 ? 0 : ECHILD;
}

static int find_next(struct party *party, int64_t timeout_ms, size_t *which)
{
    struct process *who = NULL;
    int err = begin_with_all(party);

    if (err == 0)
        err = attend(party, process_deadline(timeout_ms), &who);
    if (err == 0)
        err = process_finish(who, PROCESS_FOREVER);
    if (who != NULL) {
        who->own.told = true;
        explain(who, err, timeout_ms);
        *which = (size_t)(who - party->children);
    }
    return err;
}

int process_next(struct process children[], size_t count, int64_t timeout_ms,
                 size_t *which)
{
    struct party party = {.children = children, .count = count, .nap_ms = 1};
    int cancel_state;
    int err;

    if (timeout_ms < 0)
        return EINVAL;
    party.fds = calloc(count, 2 * ENTRIES * sizeof *party.fds);
    if (party.fds == NULL && count > 0)
        return ENOMEM;
    party.packed = party.fds + count * ENTRIES;
    pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &cancel_state);
    err = find_next(&party, timeout_ms, which);
    pthread_setcancelstate(cancel_state, NULL);
    free(party.fds);
    return err;
}
