/* Written by heddle tangle from chapters/21-process-inside.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#define _GNU_SOURCE /* mremap, F_SETPIPE_SZ */

#include "lib/process_inside.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

/* Memory. */

/* A captured stream: where it comes from, and where in the result it goes. */
struct text {
    int *fd;
    char **text;
    size_t *size;
    size_t *room;
};

#define OUT(p) {&(p)->stdout_fd, &(p)->result.out, &(p)->result.out_size, \
                &(p)->result.out_room}
#define ERR(p) {&(p)->stderr_fd, &(p)->result.err, &(p)->result.err_size, \
                &(p)->result.err_room}

#if defined __linux__ && defined MADV_HUGEPAGE
static const size_t HUGE_ROOM = 2 << 20;
#else
static const size_t HUGE_ROOM = SIZE_MAX; /* never */
#endif

/* What a pipe holds by itself, and the most it may: pipe(7). */
enum { FIRST_ROOM = 65536, WIDE_PIPE = 1 << 20, LONGEST_NAP_MS = 16 };

/* Its room tells where the memory is from. */
void process_free_text(char *text, size_t room)
{
    if (room >= HUGE_ROOM)
        munmap(text, room);
    else
        free(text);
}

#if defined __linux__ && defined MADV_HUGEPAGE
/* `room` bytes at a multiple of 2 MiB, as huge pages want it. */
static char *map_aligned(size_t room)
{
    char *base = mmap(NULL, room + HUGE_ROOM, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    size_t before;

    if (base == MAP_FAILED)
        return NULL;
    before = (HUGE_ROOM - (uintptr_t)base % HUGE_ROOM) % HUGE_ROOM;
    if (before > 0)
        munmap(base, before);
    munmap(base + before + room, HUGE_ROOM - before);
    return base + before;
}

static char *grow_huge(struct text *t, size_t room)
{
    char *to = map_aligned(room);

    if (to == NULL)
        return NULL;
    if (*t->room < HUGE_ROOM || process_under_valgrind()) {
        memcpy(to, *t->text, *t->size); /* valgrind 3.19 loses moved pages */
        process_free_text(*t->text, *t->room);
    } else if (mremap(*t->text, *t->room, room, MREMAP_MAYMOVE | MREMAP_FIXED,
                      to) == MAP_FAILED) {
        munmap(to, room);
        return NULL;
    }
    madvise(to, room, MADV_HUGEPAGE); /* a wish: all works without */
    return to;
}
#else
#define grow_huge(t, room) NULL
#endif

static void widen(int fd)
{
#ifdef F_SETPIPE_SZ
    if (fcntl(fd, F_GETPIPE_SZ) < WIDE_PIPE)
        fcntl(fd, F_SETPIPE_SZ, WIDE_PIPE);
#else
    (void)fd;
#endif
}

static int make_room(struct text *t)
{
    size_t room = *t->room < FIRST_ROOM ? FIRST_ROOM : *t->room * 2;
    char *text = NULL;

    if (*t->room - *t->size - 1 > *t->room / 16)
        return 0;
    if (*t->room == FIRST_ROOM)
        widen(*t->fd);
    if (room > *t->room) /* else it overflowed */
        text = room >= HUGE_ROOM ? grow_huge(t, room) : realloc(*t->text, room);
    if (text == NULL)
        return ENOMEM;
    *t->text = text;
    *t->room = room;
    return 0;
}

static void trim(struct text *t)
{
    size_t room = *t->size + 1;
    char *text;

    if (*t->room >= HUGE_ROOM) {
        room = (room + HUGE_ROOM - 1) / HUGE_ROOM * HUGE_ROOM;
        if (room < *t->room)
            munmap(*t->text + room, *t->room - room);
    } else {
        text = realloc(*t->text, room);
        if (text == NULL)
            return;
        *t->text = text;
    }
    *t->room = room;
}

/* Bytes. */

static int take_output(struct process *p, struct text *t)
{
    size_t limit = p->own.output_limit;
    int err = make_room(t);
    ssize_t got;

    if (err != 0)
        return err;
    got = read(*t->fd, *t->text + *t->size, *t->room - *t->size - 1);
    if (got < 0)
        return errno == EAGAIN || errno == EINTR ? 0 : errno;
    if (got == 0)
        process_close(t->fd);
    *t->size += (size_t)got;
    if (limit != 0 && *t->size > limit) {
        *t->size = limit;
        err = EFBIG;
    }
    (*t->text)[*t->size] = '\0';
    return err;
}

/* To read to the end would be to wait for whoever still holds the other one. */
static int drain(struct process *p, struct text *t)
{
    int there = 0;
    int err = 0;

    if (*t->fd < 0 || ioctl(*t->fd, FIONREAD, &there) != 0)
        return 0;
    while (there > 0 && err == 0) {
        size_t before = *t->size;

        err = take_output(p, t);
        if (*t->size == before)
            break;
        there -= (int)(*t->size - before);
    }
    return err;
}

static void take_pending(const sigset_t *signals)
{
    const struct timespec at_once = {0, 0};

    while (sigtimedwait(signals, NULL, &at_once) < 0 && errno == EINTR)
        ;
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
    if (p->own.input_left == 0 || err == EPIPE)
        process_close(&p->stdin_fd);
    return err == EAGAIN || err == EINTR || err == EPIPE ? 0 : err;
}

int process_write(struct process *p, const void *data, size_t size)
{
    struct pollfd room = {.fd = p->stdin_fd, .events = POLLOUT};
    const char *rest = data;
    int cancel_state;
    int err = 0;

    pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &cancel_state);
    while (size > 0 && (err == 0 || err == EINTR || err == EAGAIN)) {
        ssize_t written;

        if (err == EAGAIN) /* after process_communicate it does not block */
            poll(&room, 1, -1);
        written = write_quietly(p->stdin_fd, rest, size, &err);
        if (written > 0) {
            rest += written;
            size -= (size_t)written;
        }
    }
    pthread_setcancelstate(cancel_state, NULL);
    return size > 0 ? err : 0;
}

/* The loop. */

/* poll failed: nothing is ready; or, if it never works, everything may be. */
static void suppose(struct pollfd fds[4], int nap_ms)
{
    if (nap_ms > 0)
        poll(NULL, 0, nap_ms);
    for (int i = 0; i < 4; i++)
        fds[i].revents =
            nap_ms > 0 && fds[i].fd >= 0 && i < 3 ? fds[i].events : 0;
}

static int wait_for_events(struct process *p, struct pollfd fds[4],
                           int wait_ms, int *nap_ms)
{
    bool must_look = p->own.pidfd < 0 && !p->own.ended;
    int count;

    if (must_look && (wait_ms < 0 || wait_ms > *nap_ms))
        wait_ms = *nap_ms;
    count = poll(fds, 4, wait_ms);
    if (count < 0 && errno != EINTR && errno != EAGAIN && errno != EINVAL)
        return errno;
    if (count < 0)
        suppose(fds, errno == EINVAL ? *nap_ms : 0);
    if (must_look || count < 0)
        p->own.ended = process_has_ended(p);
    *nap_ms = count > 0 ? 1 : *nap_ms < LONGEST_NAP_MS ? *nap_ms * 2 : *nap_ms;
    return 0;
}

static int serve(struct process *p, int wait_ms, int *nap_ms)
{
    struct pollfd fds[4] = {
        {.fd = p->stdin_fd, .events = POLLOUT},
        {.fd = p->stdout_fd, .events = POLLIN},
        {.fd = p->stderr_fd, .events = POLLIN},
        {.fd = p->own.ended ? -1 : p->own.pidfd, .events = POLLIN},
    };
    int err = wait_for_events(p, fds, wait_ms, nap_ms);

    if (err == 0 && fds[0].revents != 0)
        err = give_input(p);
    if (err == 0 && fds[1].revents != 0)
        err = take_output(p, &(struct text)OUT(p));
    if (err == 0 && fds[2].revents != 0)
        err = take_output(p, &(struct text)ERR(p));
    if (fds[3].revents != 0)
        p->own.ended = true;
    return err;
}

/* The child's end and its output's end are two things, in either order: it may
 * close its streams and work on, and leave them to others and end. */
static bool is_done(const struct process *p)
{
    bool at_end = p->stdout_fd < 0 && p->stderr_fd < 0;

    return p->own.ended && (at_end || p->own.end_group);
}

static int attend(struct process *p, int64_t deadline)
{
    int nap_ms = 1;
    int err = 0;

    while (err == 0 && !is_done(p)) {
        int wait_ms = process_ms_until(deadline);

        err = serve(p, wait_ms, &nap_ms);
        if (err == 0 && wait_ms == 0 && !is_done(p))
            err = ETIMEDOUT;
    }
    return err;
}

/* The calls. */

int process_finish(struct process *p, int64_t timeout_ms)
{
    struct text out = OUT(p), err = ERR(p);
    int out_err, err_err;

    p->result.returncode = PROCESS_UNKNOWN;
    process_wait(p, timeout_ms, &p->result.returncode);
    out_err = drain(p, &out);
    err_err = drain(p, &err);
    trim(&out);
    trim(&err);
    process_close(&p->stdin_fd);
    process_close(&p->stdout_fd);
    process_close(&p->stderr_fd);
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
    if (input_size > FIRST_ROOM)
        widen(p->stdin_fd);
}

int process_talk(struct process *p, int64_t deadline_ns)
{
    int err = attend(p, deadline_ns);

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
    process_explain(&p->result, &(struct process_trouble){
        .command = p->own.command, .err = err,
        .returncode = p->result.returncode, .timeout_ms = timeout_ms,
        .output_limit = p->own.output_limit});
    return err;
}
