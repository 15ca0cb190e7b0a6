/*
 * Runs a command and kills it, SIGKILL, just before its N-th step: a call that changes
 * what others see (files, processes), by whichever of its own threads. So every state
 * that a kill can leave is one of 1, 2, 3 ..., and no clock is asked.
 *
 *     killed_at [-c] N COMMAND [WORD...]      -c: not it, but the first process it starts
 *
 * Then it waits until nothing that the command started is left. Exit status: 137 when
 * it was killed, the command's own when it ended before, 99 when something is left
 * (named on stderr), 98 when it could not be traced.
 *
 * SIGTERM is passed on to the command; after three minutes all is over, as by SIGALRM.
 * Linux on x86-64 or AArch64, ptrace(2). What the command starts is not traced.
 */
#define _GNU_SOURCE
#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
    KILLED = 137,
    LEFT = 99,
    UNTRACED = 98,
    PATIENCE_S = 20,
    MOST_THREADS = 1024,
    LIMIT_S = 180
};

static pid_t command;
static bool is_for_child;
static bool inside[MOST_THREADS]; /* by thread, in the order in which they came */
static pid_t threads[MOST_THREADS];
static long wanted;

static _Noreturn void give_up(const char *what)
{
    fprintf(stderr, "killed_at: %s: %s\n", what, strerror(errno));
    exit(UNTRACED);
}

/* Which call a stopped thread begins, and its second and third argument. */
static long call_of(pid_t thread, unsigned long *second, unsigned long *third)
{
    struct user_regs_struct registers;
    struct iovec room = {&registers, sizeof registers};

    if (ptrace(PTRACE_GETREGSET, thread, (void *)NT_PRSTATUS, &room) != 0)
        return -1;
#ifdef __x86_64__
    *second = registers.rsi;
    *third = registers.rdx;
    return (long)registers.orig_rax;
#else
    *second = registers.regs[1];
    *third = registers.regs[2];
    return (long)registers.regs[8];
#endif
}

static bool is_step(long call, unsigned long second, unsigned long third)
{
    static const long calls[] = {
#ifdef SYS_rename
        SYS_rename,
        SYS_mkdir,
        SYS_rmdir,
        SYS_unlink,
        SYS_symlink,
        SYS_link,
        SYS_fork,
        SYS_vfork,
        SYS_chmod,
#endif
        SYS_write,
        SYS_pwrite64,
        SYS_writev,
        SYS_renameat2,
        SYS_mkdirat,
        SYS_unlinkat,
        SYS_symlinkat,
        SYS_linkat,
        SYS_ftruncate,
        SYS_truncate,
        SYS_fchmod,
        SYS_fchmodat,
        SYS_utimensat,
        SYS_clone,
        SYS_clone3,
        SYS_execve,
        SYS_kill,
        SYS_wait4,
        SYS_waitid,
        SYS_exit_group,
        SYS_copy_file_range,
        SYS_setpgid,
        SYS_prctl,
        SYS_bind,
        SYS_listen,
        SYS_pidfd_send_signal};

#ifdef SYS_open
    if (call == SYS_open)
        return (second & (O_CREAT | O_TRUNC)) != 0;
#endif
    if (call == SYS_openat)
        return (third & (O_CREAT | O_TRUNC)) != 0;
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++)
        if (call == calls[i])
            return true;
#ifdef SYS_renameat
    return call == SYS_renameat;
#else
    return false;
#endif
}

/* Its place in the lists; a thread that is new gets one. */
static bool *inside_of(pid_t thread)
{
    size_t i = 0;

    while (i < MOST_THREADS && threads[i] != 0 && threads[i] != thread)
        i++;
    if (i == MOST_THREADS)
        exit(UNTRACED);
    threads[i] = thread;
    return &inside[i];
}

static bool is_thread_of_ours(pid_t thread)
{
    char path[64];

    snprintf(path, sizeof path, "/proc/%d/task/%d", (int)command, (int)thread);
    return access(path, F_OK) == 0;
}

static bool is_group_stop(int status)
{
    return status >> 16 == PTRACE_EVENT_STOP;
}

/* One event of one thread: let it go on. True when it is at the step to be killed at. */
static bool pass(pid_t thread, int status, long *left)
{
    unsigned long second = 0, third = 0;
    int signal = WSTOPSIG(status);

    if (!is_thread_of_ours(thread) && is_for_child) {
        is_for_child = false;
        command = thread; /* its parent is let go at its next step */
        *left = wanted;
    } else if (!is_thread_of_ours(thread)) { /* a child, on its own from here */
        ptrace(PTRACE_DETACH, thread, NULL, (void *)(long)(signal == SIGCHLD ? signal : 0));
        return false;
    }
    if (signal == (SIGTRAP | 0x80)) {
        bool *in = inside_of(thread);

        *in = !*in;
        if (*in && !is_for_child && is_step(call_of(thread, &second, &third), second, third) &&
            --*left == 0)
            return true;
        signal = 0;
    } else if (signal == SIGTRAP || is_group_stop(status)) {
        signal = 0;
    }
    ptrace(PTRACE_SYSCALL, thread, NULL, (void *)(long)signal);
    return false;
}

/* Its threads are waited for as well: the first one is not over before. */
static void end_command(void)
{
    int status;
    pid_t thread;

    kill(command, SIGKILL);
    while ((thread = waitpid(-1, &status, __WALL)) > 0) {
        if (thread == command && !WIFSTOPPED(status))
            return;
        if (WIFSTOPPED(status) && !is_thread_of_ours(thread))
            ptrace(PTRACE_DETACH, thread, NULL, NULL);
    }
}

static int run(long left)
{
    int status;
    pid_t thread;

    while ((thread = waitpid(-1, &status, __WALL)) > 0) {
        if (thread == command && (WIFEXITED(status) || WIFSIGNALED(status)))
            return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
        if (WIFSTOPPED(status) && pass(thread, status, &left)) {
            end_command();
            return KILLED;
        }
    }
    give_up("waitpid");
}

static void name_those_left(void)
{
    char line[256];
    FILE *list;

    snprintf(line, sizeof line, "ps -o pid=,stat=,args= --ppid %d >&2", (int)getpid());
    list = popen(line, "r");
    if (list != NULL)
        pclose(list);
}

/* Traced children that were stopped when the command went are let go first. */
static bool all_gone(void)
{
    struct timespec pause = {0, 2 * 1000 * 1000};
    time_t end = time(NULL) + PATIENCE_S;
    int status;

    for (;;) {
        pid_t child = waitpid(-1, &status, __WALL | WNOHANG);

        if (child < 0)
            return errno == ECHILD;
        if (child > 0 && WIFSTOPPED(status))
            ptrace(PTRACE_DETACH, child, NULL, NULL);
        if (child == 0 && time(NULL) > end)
            return false;
        if (child == 0)
            nanosleep(&pause, NULL);
    }
}

static void pass_on(int signal)
{
    kill(command, signal);
}

int main(int argc, char **argv)
{
    long options = PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACECLONE | PTRACE_O_TRACEFORK |
                   PTRACE_O_TRACEVFORK | PTRACE_O_TRACEEXEC | PTRACE_O_EXITKILL;
    int status;

    if (argc > 1 && strcmp(argv[1], "-c") == 0) {
        is_for_child = true;
        argc--;
        argv++;
    }
    if (argc < 3)
        return UNTRACED;
    wanted = strtol(argv[1], NULL, 10);
    alarm(LIMIT_S);
    prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
    command = fork();
    if (command == 0) {
        alarm(0);
        if (ptrace(PTRACE_TRACEME, 0, NULL, NULL) != 0)
            _exit(UNTRACED);
        raise(SIGSTOP);
        execvp(argv[2], argv + 2);
        _exit(127);
    }
    if (waitpid(command, &status, 0) != command || !WIFSTOPPED(status) ||
        ptrace(PTRACE_SETOPTIONS, command, NULL, (void *)options) != 0)
        give_up("ptrace");
    signal(SIGTERM, pass_on); /* and waitpid() goes on: signal(2), glibc */
    ptrace(PTRACE_SYSCALL, command, NULL, NULL);
    status = run(wanted);
    if (!all_gone()) {
        name_those_left();
        return LEFT;
    }
    return status;
}
