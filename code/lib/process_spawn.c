/* Written by heddle tangle from chapters/85-process-all.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#define _GNU_SOURCE /* clone, syscall, F_DUPFD_CLOEXEC */

#include "lib/process_inside.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <limits.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#include <sys/syscall.h>
#endif

#if defined __has_feature
#if __has_feature(thread_sanitizer)
#define __SANITIZE_THREAD__ 1
#endif
#endif

#if defined __linux__ && defined CLONE_PIDFD && !defined __SANITIZE_THREAD__
enum { SHARING = 1 };
#else
enum { SHARING = 0 };
#endif

#ifdef __linux__
enum { HIGHEST_SIGNAL = 64, SIGSET_BYTES = HIGHEST_SIGNAL / 8 };
#else
enum { HIGHEST_SIGNAL = NSIG - 1 };
#endif

/*
 * In the child. It shares our memory while our thread stands still and all
 * others run on. So it takes no lock and allocates nothing: all it calls are
 * system calls, and what POSIX calls async-signal-safe. Until it has forgotten
 * our signal handlers, every signal is blocked.
 */

/* Whether that step failed; then it is written down. */
static bool fails(struct process_birth *birth, enum process_stage stage,
                  int err)
{
    birth->err = err;
    birth->stage = err != 0 ? stage : PROCESS_AT_NOTHING;
    return err != 0;
}

static void set_default(int signal_number)
{
#ifdef __linux__
    static const unsigned long all_zero[8]; /* SIG_DFL, no flags, no mask */

    syscall(SYS_rt_sigaction, signal_number, all_zero, NULL, SIGSET_BYTES);
#else
    const struct sigaction action = {.sa_handler = SIG_DFL};

    sigaction(signal_number, &action, NULL);
#endif
}

static bool is_ignored(int signal_number)
{
    struct sigaction action;

    return sigaction(signal_number, NULL, &action) == 0 &&
           action.sa_handler == SIG_IGN;
}

static void let_signals_in(void)
{
    sigset_t none;

    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

static int move_above(int top, int fd, int *moved)
{
    int copy;

    if (top == INT_MAX)
        return EMFILE;
    copy = fcntl(fd, F_DUPFD_CLOEXEC, top + 1);
    if (copy < 0)
        return errno == EINVAL ? EMFILE : errno; /* the limit is below top */
    *moved = copy;
    return 0;
}

/* What comes from 0, 1 or 2 and goes elsewhere is copied up first, or one dup2
 * would overwrite what the next one needs. */
static int clear_low(int from[3])
{
    int err = 0;

    for (int i = 0; i < 3 && err == 0; i++)
        if (from[i] < 3 && from[i] != i)
            err = move_above(STDERR_FILENO, from[i], &from[i]);
    return err;
}

static int connect_streams(const struct process_plan *plan)
{
    int from[3] = {plan->streams[0], plan->streams[1], plan->streams[2]};
    int err = clear_low(from);

    for (int i = 0; i < 3 && err == 0; i++) {
        if (from[i] == i && fcntl(i, F_SETFD, 0) < 0)
            err = errno; /* it stays, and so did its "close on exec" */
        else if (from[i] != i && dup2(from[i], i) < 0)
            err = errno;
    }
    return err;
}

static int enter(const struct process_options *o)
{
    if (o->umask != NULL)
        umask(*o->umask);
    return o->cwd != NULL && chdir(o->cwd) != 0 ? errno : 0;
}

static int find_company(const struct process_plan *plan)
{
    bool session = plan->options->new_session || plan->terminal >= 0;

    if (session && setsid() < 0)
        return errno;
    if (plan->terminal >= 0 && ioctl(plan->terminal, TIOCSCTTY, 0) != 0)
        return errno;
    return plan->set_group && setpgid(0, plan->group) != 0 ? errno : 0;
}

#ifdef __GLIBC__ /* there it is an enumeration */
#define RESOURCE(number) ((__rlimit_resource_t)(number))
#else
#define RESOURCE(number) (number)
#endif

/* From -20 to 19, no step is longer than 40; the C library adds before it looks. */
static int add_niceness(int more)
{
    more = more > 40 ? 40 : more < -40 ? -40 : more;
    errno = 0; /* -1 is a niceness, too */
    return nice(more) == -1 ? errno : 0;
}

static int set_limits(const struct process_options *o)
{
    for (size_t i = 0; i < o->limit_count; i++)
        if (setrlimit(RESOURCE(o->limits[i].resource),
                      &o->limits[i].limit) != 0)
            return errno;
    return o->nice != 0 ? add_niceness(o->nice) : 0;
}

#ifdef __linux__
/* By it, whoever is below is found: see process_tree.c. */
static int become_reaper(void)
{
    if (access("/proc/thread-self/children", R_OK) != 0)
        return ENOSYS;
    return prctl(PR_SET_CHILD_SUBREAPER, 1) != 0 ? errno : 0;
}

static bool has_our_parent(const struct process_plan *plan)
{
    pid_t parent = getppid();

    return parent == plan->parent || parent == 0; /* pid_namespaces(7) */
}
#endif

/* Not before the user has changed: prctl(2). */
static int bind_to_us(const struct process_plan *plan)
{
#ifdef __linux__
    const struct process_options *o = plan->options;
    int err = o->end_tree ? become_reaper() : 0;

    if (err != 0 || o->death_signal == 0)
        return err;
    if (prctl(PR_SET_PDEATHSIG, o->death_signal) != 0)
        return errno;
    return has_our_parent(plan) ? 0 : ESRCH;
#else
    return plan->options->death_signal != 0 || plan->options->end_tree ? ENOSYS
                                                                       : 0;
#endif
}

#if defined __linux__ && defined __LP64__
#define setgroups(count, list) (int)syscall(SYS_setgroups, count, list)
#define setregid(real, effective) (int)syscall(SYS_setregid, real, effective)
#define setreuid(real, effective) (int)syscall(SYS_setreuid, real, effective)
#define setuid(user) (int)syscall(SYS_setuid, user)
#endif

static int set_groups(const struct process_options *o)
{
    return o->groups != NULL && setgroups(o->group_count, o->groups) != 0
               ? errno : 0;
}

static int set_group(const struct process_options *o)
{
    return o->group != NULL && setregid(*o->group, *o->group) != 0 ? errno : 0;
}

static int set_user(const struct process_options *o)
{
    return o->user != NULL && setreuid(*o->user, *o->user) != 0 ? errno : 0;
}

/* All three ids; of macOS's, those that it shows. */
bool process_is_user(uid_t user)
{
#ifdef __APPLE__
    return getuid() == user && geteuid() == user;
#else
    uid_t real, effective, saved;

    return getresuid(&real, &effective, &saved) == 0 && real == user &&
           effective == user && saved == user;
#endif
}

static bool is_group(gid_t group)
{
#ifdef __APPLE__
    return getgid() == group && getegid() == group;
#else
    gid_t real, effective, saved;

    return getresgid(&real, &effective, &saved) == 0 && real == group &&
           effective == group && saved == group;
#endif
}

static int check_group(const struct process_options *o)
{
    return o->group == NULL || is_group(*o->group) ? 0 : EPERM;
}

/* The kernel keeps them sorted, so they are only counted. */
static int check_groups(const struct process_options *o)
{
    int count = o->groups != NULL ? getgroups(0, NULL) : 0;

    if (count < 0)
        return errno;
    return o->groups == NULL || (size_t)count == o->group_count ? 0 : EPERM;
}

/* And the way back to root must be shut. */
static int check_user(const struct process_options *o)
{
    if (o->user == NULL)
        return 0;
    if (!process_is_user(*o->user))
        return EPERM;
    return *o->user != 0 && setuid(0) == 0 ? EPERM : 0;
}

#ifdef SYS_getdents64
/* As getdents64(2) writes it: struct linux_dirent64. */
struct entry {
    uint64_t inode;
    int64_t offset;
    unsigned short length;
    unsigned char type;
    char name[1];
};

static int number(const char *digits)
{
    int value = 0;

    if (*digits < '0' || *digits > '9')
        return -1;
    for (; *digits >= '0' && *digits <= '9'; digits++)
        value = value * 10 + (*digits - '0');
    return value;
}
#endif

/* Whether the directory could be read to its end. */
static bool close_entries(int dir, int first, int last)
{
#ifdef SYS_getdents64
    _Alignas(long) char block[1024];
    long size;

    while ((size = syscall(SYS_getdents64, dir, block, sizeof block)) > 0)
        for (long at = 0; at < size;) {
            const struct entry *entry = (const void *)(block + at);
            int fd = number(entry->name);

            if (fd >= first && fd <= last && fd != dir)
                close(fd);
            at += entry->length;
        }
    return size == 0;
#else
    (void)dir, (void)first, (void)last;
    return false;
#endif
}

/* opendir would allocate, and a loop up to the limit may take minutes. */
static void close_listed(int first, int last, long limit)
{
    int dir = open("/proc/self/fd", O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    if (dir >= 0 && close_entries(dir, first, last)) {
        close(dir);
        return;
    }
    for (int fd = first; fd <= last && fd < limit; fd++)
        close(fd);
}

static void close_gap(const struct process_plan *plan, int first, int last)
{
#ifdef SYS_close_range
    if (!plan->portable &&
        syscall(SYS_close_range, first, last, 0) == 0)
        return;
#endif
    close_listed(first, last, plan->descriptors);
}

/* The numbers that the child gets pass_fds under. */
static const int *passed(const struct process_options *o)
{
    return o->pass_as != NULL ? o->pass_as : o->pass_fds;
}

/* The lowest descriptor that stays open and is not below `first`. */
static int next_kept(const struct process_options *o, int report_fd, int first)
{
    int next = report_fd >= first ? report_fd : INT_MAX;

    for (size_t i = 0; i < o->pass_count; i++)
        if (passed(o)[i] >= first && passed(o)[i] < next)
            next = passed(o)[i];
    return next;
}

/* From gap to gap between those to keep. Others may be ours without the mark
 * "close on exec": a library's, opened while we start a child. */
static void keep_only(const struct process_plan *plan, int report_fd)
{
    const struct process_options *o = plan->options;
    int kept = 2;

    while (kept < INT_MAX) {
        int first = kept + 1;

        kept = next_kept(o, report_fd, first);
        if (kept > first)
            close_gap(plan, first, kept - 1);
    }
}

/* Also the one that we would report by: its number may be wanted, too. */
static int renumber(const struct process_plan *plan, int *report_fd)
{
    const struct process_options *o = plan->options;
    int top = STDERR_FILENO;
    int err = 0;

    for (size_t i = 0; i < o->pass_count; i++)
        top = o->pass_as[i] > top ? o->pass_as[i] : top;
    if (*report_fd >= 0 && *report_fd <= top)
        err = move_above(top, *report_fd, report_fd);
    for (size_t i = 0; i < o->pass_count && err == 0; i++)
        err = move_above(top, o->pass_fds[i], &plan->moved[i]);
    for (size_t i = 0; i < o->pass_count && err == 0; i++)
        if (dup2(plan->moved[i], o->pass_as[i]) < 0)
            err = errno;
    return err;
}

static int hand_down(const struct process_plan *plan, int *report_fd)
{
    const struct process_options *o = plan->options;
    int err = o->pass_as != NULL ? renumber(plan, report_fd) : 0;

    if (err == 0 && !o->keep_open)
        keep_only(plan, *report_fd);
    for (size_t i = 0; i < o->pass_count && err == 0; i++)
        if (fcntl(passed(o)[i], F_SETFD, 0) < 0)
            err = errno;
    return err;
}

/* exec does not write to its arguments: POSIX, exec, "Rationale". */
static char *const *words(const char *const *list)
{
    union {
        const char *const *given;
        char *const *wanted;
    } view = {.given = list};

    return view.wanted;
}

/* Does execve get as far as its first line? By the ids that count for it, which
 * need not be the real ones. */
bool process_is_program(const char *path)
{
    bool same = getuid() == geteuid() && getgid() == getegid();
    struct stat found;

    return stat(path, &found) == 0 && S_ISREG(found.st_mode) &&
           faccessat(AT_FDCWD, path, X_OK, same ? 0 : AT_EACCESS) == 0;
}

/* Not there, or not for us: execvp looks further after these, and passes over a
 * path that is too long. One whose interpreter is not there, or not for us, says
 * the same, but is the one meant. */
static bool is_absent(int err, const char *program)
{
    return ((err == ENOENT || err == EACCES) && !process_is_program(program)) ||
           err == ENOTDIR || err == ENAMETOOLONG || err == ESTALE ||
           err == ENODEV || err == ETIMEDOUT;
}

/* Most are not there. One that is, and does not run, is what matters. */
static int execute(const struct process_plan *plan, const char **failed)
{
    int telling = 0;
    int err = ENOENT;

    for (const char *const *program = plan->programs; *program; program++) {
        execve(*program, words(plan->argv), words(plan->envp));
        err = errno;
        if (!is_absent(err, *program)) {
            *failed = *program;
            return err;
        }
        if (telling == 0 && err != ENOENT && err != ENOTDIR) {
            *failed = *program;
            telling = err;
        }
    }
    return telling != 0 ? telling : err;
}

static void become(const struct process_plan *plan,
                   struct process_birth *birth, int *report_fd)
{
    const struct process_options *o = plan->options;

    for (int i = 1; i <= HIGHEST_SIGNAL; i++)
        if (!(o->keep_ignored && is_ignored(i)))
            set_default(i);
    if (fails(birth, PROCESS_AT_STREAMS, connect_streams(plan)) ||
        fails(birth, PROCESS_AT_DIRECTORY, enter(o)) ||
        fails(birth, PROCESS_AT_SESSION, find_company(plan)) ||
        fails(birth, PROCESS_AT_DESCRIPTORS, hand_down(plan, report_fd)) ||
        fails(birth, PROCESS_AT_LIMITS, set_limits(o)) ||
        fails(birth, PROCESS_AT_GROUPS, set_groups(o)) ||
        fails(birth, PROCESS_AT_GROUP, set_group(o)) ||
        fails(birth, PROCESS_AT_USER, set_user(o)) ||
        fails(birth, PROCESS_AT_GROUPS, check_groups(o)) ||
        fails(birth, PROCESS_AT_GROUP, check_group(o)) ||
        fails(birth, PROCESS_AT_USER, check_user(o)) ||
        fails(birth, PROCESS_AT_LIMITS, bind_to_us(plan)))
        return;
    let_signals_in();
    fails(birth, PROCESS_AT_PROGRAM, execute(plan, &birth->failed));
}

/* In the parent. */

/* pidfd_open(2), since Linux 5.3; glibc has no wrapper before 2.36. The number
 * stays the child's own until it is waited for, which only we do. */
static int open_pidfd(pid_t pid)
{
#ifdef SYS_pidfd_open
    return (int)syscall(SYS_pidfd_open, pid, 0);
#else
    (void)pid;
    return -1;
#endif
}

#if defined __linux__ && defined CLONE_PIDFD
enum { STACK_BYTES = 65536 };

struct handover {
    const struct process_plan *plan;
    struct process_birth *birth;
};

static int run_child(void *arg)
{
    const struct handover *handover = arg;
    int report_fd = -1;

    become(handover->plan, handover->birth, &report_fd);
    return 127; /* clone makes it the exit status */
}

/* CLONE_VFORK stops this thread until the child has executed or ended: when
 * clone returns, `birth` is complete. CLONE_PIDFD gives its descriptor at
 * once, before its number could mean somebody else. */
static void spawn_sharing(const struct process_plan *plan,
                          struct process_birth *birth)
{
    struct handover handover = {plan, birth};
    const int flags = CLONE_VM | CLONE_VFORK | SIGCHLD;
    char *stack = mmap(NULL, STACK_BYTES, PROT_READ | PROT_WRITE,
                       MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK, -1, 0);

    if (stack == MAP_FAILED) {
        fails(birth, PROCESS_AT_PREPARATION, errno);
        return;
    }
    birth->pid = clone(run_child, stack + STACK_BYTES, flags | CLONE_PIDFD,
                       &handover, &birth->pidfd);
    if (birth->pid < 0 && (errno == EMFILE || errno == ENFILE))
        birth->pid = clone(run_child, stack + STACK_BYTES, flags, &handover);
    if (birth->pid < 0)
        fails(birth, PROCESS_AT_CHILD, errno);
    munmap(stack, STACK_BYTES);
}
#else
#define spawn_sharing spawn_forking
#endif

static _Noreturn void report(int fd, const struct process_birth *birth)
{
    while (write(fd, birth, sizeof *birth) < 0 && errno == EINTR)
        ;
    _exit(127);
}

static void read_report(int fd, struct process_birth *birth)
{
    struct process_birth theirs;
    ssize_t got;

    do
        got = read(fd, &theirs, sizeof theirs);
    while (got < 0 && errno == EINTR);
    if (got == (ssize_t)sizeof theirs) {
        fails(birth, theirs.stage, theirs.err);
        birth->failed = theirs.failed; /* where it is here, too: a copy of us */
    }
}

/* The child's end of the pipe closes at exec: nothing to read, all is well. */
static void spawn_forking(const struct process_plan *plan,
                          struct process_birth *birth)
{
    int ends[2];
    int err = process_open_pipe(ends);

    if (fails(birth, PROCESS_AT_PREPARATION, err))
        return;
    birth->pid = fork();
    if (birth->pid == 0) {
        become(plan, birth, &ends[1]);
        report(ends[1], birth);
    }
    if (birth->pid < 0)
        fails(birth, PROCESS_AT_CHILD, errno);
    if (birth->pid > 0 && !plan->portable)
        birth->pidfd = open_pidfd(birth->pid); /* soon: it may end */
    close(ends[1]);
    if (birth->pid > 0)
        read_report(ends[0], birth);
    close(ends[0]);
}

bool process_under_valgrind(void)
{
    const char *preloaded = getenv("LD_PRELOAD");

    return preloaded != NULL && strstr(preloaded, "vgpreload") != NULL;
}

/* For tests. Whoever starts a set-user-ID program has no say in it. */
const char *process_wish(void)
{
#ifdef __linux__
    const char *wish = secure_getenv("PROCESS_SPAWN");
#else
    const char *wish = getenv("PROCESS_SPAWN");
#endif

    return wish != NULL ? wish : "clone";
}

/* A child that changes its user must not share our memory meanwhile: other
 * processes of that user could reach into it. */
static bool may_share_memory(const struct process_plan *plan)
{
    const struct process_options *o = plan->options;

    return SHARING && o->user == NULL && o->group == NULL &&
           o->groups == NULL && strcmp(process_wish(), "clone") == 0 &&
           !process_under_valgrind();
}

static bool was_refused(const struct process_birth *birth)
{
    return birth->stage == PROCESS_AT_CHILD &&
           (birth->err == EINVAL || birth->err == ENOSYS ||
            birth->err == EPERM);
}

/* A child that failed has ended, and is waited for like any other. */
static void bury(struct process_birth *birth)
{
    while (birth->pid > 0 && waitpid(birth->pid, NULL, 0) < 0 &&
           errno == EINTR)
        ;
    process_close(&birth->pidfd);
}

static void set_mask(const sigset_t *mask, sigset_t *before)
{
#ifdef __linux__
    syscall(SYS_rt_sigprocmask, SIG_SETMASK, mask, before, SIGSET_BYTES);
#else
    pthread_sigmask(SIG_SETMASK, mask, before);
#endif
}

void process_spawn(const struct process_plan *plan,
                   struct process_birth *birth)
{
    bool share = may_share_memory(plan);
    sigset_t all, before;

    *birth = (struct process_birth){.pid = -1, .pidfd = -1};
    memset(&all, 0xff, sizeof all);
    set_mask(&all, &before);
    if (share)
        spawn_sharing(plan, birth);
    if (!share || was_refused(birth))
        spawn_forking(plan, birth);
    set_mask(&before, NULL);
    if (birth->err != 0)
        bury(birth);
}
