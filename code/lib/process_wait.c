/* Written by heddle tangle from chapters/85-process-all.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#define _GNU_SOURCE /* syscall, P_PIDFD */

#include "lib/process_inside.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/syscall.h>
#endif

/* Time. */

enum { NS_PER_MS = 1000000 };
static const int64_t NEVER = INT64_MAX;

static int64_t now_ns(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 * NS_PER_MS + now.tv_nsec;
}

/* PROCESS_FOREVER, and what nobody will live to see, is none. */
int64_t process_deadline(int64_t timeout_ms)
{
    int64_t now = now_ns();

    if (timeout_ms > (NEVER - now) / NS_PER_MS)
        return NEVER;
    return now + timeout_ms * NS_PER_MS;
}

/* As poll(2) takes it: -1 for ever, 0 when the deadline has passed. */
int process_ms_until(int64_t deadline_ns)
{
    int64_t left;

    if (deadline_ns == NEVER)
        return -1;
    left = deadline_ns - now_ns();
    if (left <= 0)
        return 0;
    left = (left - 1) / NS_PER_MS + 1; /* up, or the last one is a busy loop */
    return left < INT_MAX ? (int)left : INT_MAX;
}

/* Signals. */

/* The lock, and no cancellation while it is held: waitid(2) is such a point,
 * and a thread that ended there would take the lock with it. */
static int lock(struct process *p)
{
    int cancel_state;

    pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &cancel_state);
    pthread_mutex_lock(&p->own.lock);
    return cancel_state;
}

static void unlock(struct process *p, int cancel_state)
{
    pthread_mutex_unlock(&p->own.lock);
    pthread_setcancelstate(cancel_state, NULL);
}

/* The pidfd means this child for ever; the number, only until it is reaped. */
static int deliver(const struct process *p, int signal_number, unsigned flags)
{
    pid_t target = flags != 0 ? -p->pid : p->pid;
    int got = -1;

    errno = ENOSYS;
#ifdef SYS_pidfd_send_signal
    if (p->own.pidfd >= 0)
        got = (int)syscall(SYS_pidfd_send_signal, p->own.pidfd, signal_number,
                           NULL, flags);
#endif
    if (got < 0 && (errno == ENOSYS || errno == EINVAL || errno == EBADF)) {
        if (p->own.reaped && !p->own.kept)
            return 0;
        got = kill(target, signal_number);
    }
    return got < 0 && errno != ESRCH ? errno : 0;
}

enum { TO_THE_GROUP = 1 << 2 }; /* PIDFD_SIGNAL_PROCESS_GROUP, Linux 6.9 */

static int signal_group(const struct process *p, int signal_number)
{
    return p->own.leads ? deliver(p, signal_number, TO_THE_GROUP) : EINVAL;
}

int process_signal_group(struct process *p, int signal_number)
{
    int state = lock(p);
    int err = process_is_signal(signal_number) ? signal_group(p, signal_number)
                                               : EINVAL;

    unlock(p, state);
    return err;
}

/* The end. */

#ifndef P_PIDFD
#define P_PIDFD ((idtype_t)3) /* since Linux 5.4; in glibc since 2.36 */
#endif

static int look(idtype_t kind, int id, siginfo_t *info, int options,
                struct rusage *usage)
{
#if defined __linux__ && defined __LP64__
    return (int)syscall(SYS_waitid, kind, id, info, options | WNOHANG, usage);
#else
    (void)usage; /* elsewhere its fields have other sizes, or no way out */
    return waitid(kind, (id_t)id, info, options | WNOHANG);
#endif
}

/* A look that never waits: 0, and info->si_pid tells whether it has ended; or
 * ECHILD. By number only where no pidfd works. */
static int ask(struct process *p, siginfo_t *info, int options)
{
    int got = -1;

    info->si_pid = 0;
    if (p->own.pidfd >= 0)
        got = look(P_PIDFD, p->own.pidfd, info, options, &p->own.usage);
    if (got < 0 && (p->own.pidfd < 0 || errno != ECHILD))
        got = look(P_PID, p->pid, info, options, &p->own.usage);
    return got < 0 ? ECHILD : 0;
}

bool process_has_ended(struct process *p)
{
    siginfo_t info;
    bool ended;
    int state = lock(p);

    ended = p->own.reaped || ask(p, &info, WEXITED | WNOWAIT) == ECHILD ||
            info.si_pid != 0;
    unlock(p, state);
    return ended;
}

#ifdef __linux__
/* As linux/pidfd.h has it, where it has it: PIDFD_GET_INFO. */
struct end_info {
    uint64_t mask;
    uint64_t cgroup;
    uint32_t pid, group, parent, others[8];
    int32_t status; /* as waitpid has it */
};

#define GET_INFO _IOWR(0xFF, 11, struct end_info)
#ifdef __GLIBC__
typedef unsigned long ioctl_number;
#else
typedef int ioctl_number; /* as POSIX had it, and musl has it */
#endif
enum { INFO_EXIT = 1 << 3, INFO_TRIES = 50, INFO_WAIT_MS = 100 };

/* It hangs up when whoever asked before us is done with it, and that may take
 * a while on a busy machine; in between, it may have no parent any more (0), or
 * have gone (ESRCH) just behind the kernel's look at what is remembered. In a
 * copy of ours by fork(2), it is no child. */
static int remembered_end(const struct process *p)
{
    for (int i = 0; i < INFO_TRIES && p->own.pidfd >= 0; i++) {
        struct pollfd gone = {.fd = p->own.pidfd}; /* POLLHUP comes unasked */
        struct end_info info = {.mask = INFO_EXIT};
        bool told = ioctl(p->own.pidfd, (ioctl_number)GET_INFO, &info) == 0;

        if (!told && errno != ESRCH)
            break;
        if (told && (info.mask & INFO_EXIT) != 0)
            return WIFEXITED(info.status) ? WEXITSTATUS(info.status)
                                          : -WTERMSIG(info.status);
        if (told && info.parent != 0 && info.parent != (uint32_t)getpid())
            break;
        poll(&gone, 1, INFO_WAIT_MS);
    }
    return PROCESS_UNKNOWN;
}
#else
#define remembered_end(p) PROCESS_UNKNOWN
#endif

/* Whether the group can only be reached by its number: before Linux 6.9. */
static bool has_only_a_number(const struct process *p)
{
#ifdef SYS_pidfd_send_signal
    if (p->own.pidfd >= 0 &&
        (syscall(SYS_pidfd_send_signal, p->own.pidfd, 0, NULL, TO_THE_GROUP) ==
             0 ||
         errno == ESRCH || errno == EPERM))
        return false;
#endif
    return p->own.leads;
}

void process_release(struct process *p)
{
    siginfo_t info;
    int state = lock(p);

    if (p->own.kept)
        ask(p, &info, WEXITED);
    p->own.kept = false;
    unlock(p, state);
}

/* Under the lock: has it ended? Then its number is given back. With ECHILD
 * somebody else has asked before us. */
static bool reap(struct process *p)
{
    siginfo_t info;
    int err;

    if (p->own.reaped)
        return true;
    if (p->own.end_group && ask(p, &info, WEXITED | WNOWAIT) == 0) {
        if (info.si_pid == 0)
            return false;
        signal_group(p, SIGKILL); /* while its number is still its own */
    }
    p->own.kept = p->own.leads && has_only_a_number(p);
    err = ask(p, &info, WEXITED | (p->own.kept ? WNOWAIT : 0));
    p->own.kept = p->own.kept && err == 0 && info.si_pid != 0;
    if (err == 0 && info.si_pid == 0)
        return false;
    p->own.returncode = err != 0 ? remembered_end(p)
                        : info.si_code == CLD_EXITED ? info.si_status
                                                     : -info.si_status;
    p->own.reaped = true;
    return true;
}

int process_poll(struct process *p, int *returncode)
{
    int state = lock(p);
    bool ended = reap(p);

    if (ended && returncode != NULL)
        *returncode = p->own.returncode;
    unlock(p, state);
    return ended ? 0 : EBUSY;
}

/* Without a pidfd there is nothing to wait for, only to look at. */
enum { LONGEST_NAP_MS = 16 };

static void sleep_until_it_ends(struct process *p, int left_ms, int *nap_ms)
{
    struct pollfd end = {.fd = p->own.pidfd, .events = POLLIN};
    int got;

    if (p->own.pidfd < 0 && (left_ms < 0 || left_ms > *nap_ms))
        left_ms = *nap_ms;
    got = poll(&end, 1, left_ms);
    if ((got < 0 && errno == EINVAL) ||       /* no descriptor is allowed */
        (got > 0 && !process_has_ended(p))) /* it was closed; or a tracer's */
        poll(NULL, 0, *nap_ms);
    if (*nap_ms < LONGEST_NAP_MS)
        *nap_ms *= 2;
}

int process_wait_until(struct process *p, int64_t deadline, int *returncode)
{
    int nap_ms = 1;

    for (;;) {
        int left_ms = process_ms_until(deadline);

        if (process_poll(p, returncode) == 0)
            return 0;
        if (left_ms == 0)
            return ETIMEDOUT;
        sleep_until_it_ends(p, left_ms, &nap_ms);
    }
}

int process_wait(struct process *p, int64_t timeout_ms, int *returncode)
{
    int cancel_state;
    int err;

    if (timeout_ms < 0)
        return EINVAL;
    pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &cancel_state);
    err = process_wait_until(p, process_deadline(timeout_ms), returncode);
    pthread_setcancelstate(cancel_state, NULL);
    return err;
}

int process_send_signal(struct process *p, int signal_number)
{
    siginfo_t info;
    int err = process_is_signal(signal_number) ? 0 : EINVAL;
    int state = lock(p);

    if (err == 0 && !p->own.reaped && ask(p, &info, WEXITED | WNOWAIT) == 0)
        err = deliver(p, signal_number, 0);
    unlock(p, state);
    return err;
}

int process_terminate(struct process *p)
{
    return process_send_signal(p, SIGTERM);
}

int process_kill(struct process *p)
{
    return process_send_signal(p, SIGKILL);
}

/* Under the lock: or another thread's wait would give the root's number away,
 * and whoever gets that next would be stopped, and all below it ended. */
static void end_tree(struct process *p)
{
    int state = lock(p);

    if (!reap(p))
        process_end_below(p->pid);
    process_end_noted(p->own.below); /* it may have ended when asked to */
    p->own.below = NULL;
    unlock(p, state);
}

static bool is_dead(const struct process *p, int wait_ms)
{
    struct pollfd dead = {.fd = p->own.pidfd, .events = POLLIN};
    int got;

    if (p->own.pidfd < 0)
        return false;
    do
        got = poll(&dead, 1, wait_ms);
    while (got < 0 && errno == EINTR);
    return (dead.revents & POLLIN) != 0;
}

bool process_is_kept(struct process *p)
{
    return is_dead(p, 0) && !process_has_ended(p);
}

enum { TRACER_MS = 500 };

int64_t process_end(struct process *p)
{
    if (p->own.end_tree)
        end_tree(p);
    process_signal_group(p, SIGKILL);
    if (process_kill(p) != 0)
        return 0;
    return is_dead(p, -1) && process_is_kept(p) ? TRACER_MS : PROCESS_FOREVER;
}

static void note_below(struct process *p)
{
    int state = lock(p);

    if (p->own.end_tree && p->own.below == NULL && !reap(p))
        p->own.below = process_note_below(p->pid);
    unlock(p, state);
}

static void tell(struct process *p, int signal_number)
{
    if (process_signal_group(p, signal_number) != 0)
        process_send_signal(p, signal_number);
}

/* One that is stopped, by somebody or by our note, hears nothing. */
void process_ask(struct process *p)
{
    note_below(p);
    tell(p, p->own.stop_signal != 0 ? p->own.stop_signal : SIGTERM);
    tell(p, SIGCONT);
}

int process_stop(struct process *p, int64_t grace_ms, int *returncode)
{
    int64_t patience_ms;
    int err;

    if (grace_ms < 0)
        return EINVAL;
    process_ask(p);
    err = process_wait(p, grace_ms, returncode);
    patience_ms = process_end(p); /* in the group, others may not have heard */
    if (err != 0)
        err = process_wait(p, patience_ms, returncode);
    return err == ETIMEDOUT ? EPERM : err;
}

/* Children that nobody waits for; looked after whenever one is started. */
static struct orphan {
    struct orphan *next;
    struct process child; /* its number and its pidfd */
} *orphans;

static pthread_mutex_t orphans_lock = PTHREAD_MUTEX_INITIALIZER;

/* Not if another thread does so, or did when we were forked. */
void process_collect(void)
{
    siginfo_t info;

    if (pthread_mutex_trylock(&orphans_lock) != 0)
        return;
    for (struct orphan **at = &orphans; *at != NULL;) {
        struct orphan *o = *at;

        if (ask(&o->child, &info, WEXITED) == 0 && info.si_pid == 0) {
            at = &o->next;
            continue;
        }
        *at = o->next;
        process_close(&o->child.own.pidfd);
        free(o);
    }
    pthread_mutex_unlock(&orphans_lock);
}

/* The handle is then as one whose child has been waited for. */
int process_let_go(struct process *p)
{
    struct orphan *o = malloc(sizeof *o);

    if (o == NULL)
        return ENOMEM;
    o->child = (struct process){.pid = p->pid, .own.pidfd = p->own.pidfd};
    p->own.pidfd = -1;
    p->own.reaped = true;
    pthread_mutex_lock(&orphans_lock);
    o->next = orphans;
    orphans = o;
    pthread_mutex_unlock(&orphans_lock);
    return 0;
}

int process_end_fd(const struct process *p)
{
    return p->own.pidfd;
}

int process_usage(struct process *p, struct rusage *usage)
{
    int state = lock(p);
    bool reaped = p->own.reaped;

    if (reaped)
        *usage = p->own.usage;
    unlock(p, state);
    return reaped ? 0 : EBUSY;
}

void process_describe(struct process *p, int err, int64_t timeout_ms,
                      char *text, size_t size)
{
    struct process_result told = {.message = ""};
    struct process_trouble trouble = {.command = p->own.command, .err = err,
                                      .returncode = PROCESS_UNKNOWN,
                                      .timeout_ms = timeout_ms};

    process_poll(p, &trouble.returncode);
    process_explain(&told, &trouble);
    snprintf(text, size, "%s", told.message);
    process_say(&told, "");
}
