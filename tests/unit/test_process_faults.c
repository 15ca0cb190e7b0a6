/*
 * Each system call of a start is made to fail, by a seccomp filter in a child
 * of the test: the right errno value, the right stage, and nothing left.
 */
#define _GNU_SOURCE /* pipe2, syscall */

#include "process_check.h"

#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

#define LOAD(field) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, field))

/* From now on the system call fails; if `flags`, only where the first argument has them. */
static int make_fail(long number, int err, unsigned flags)
{
    struct sock_filter filter[] = {
        LOAD(nr),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (unsigned)number, 0, 4),
        LOAD(args[0]),
        BPF_STMT(BPF_ALU | BPF_AND | BPF_K, flags),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, flags, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | (unsigned)err),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    struct sock_fprog program = {.len = sizeof filter / sizeof filter[0], .filter = filter};

    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        return -1;
    return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program);
}

struct fault {
    long call;
    unsigned flags;
    int err;
    int expected; /* 0: it starts nevertheless */
    enum process_stage stage;
};

static const struct fault *fault; /* of the child that is to be forked next */

/* As many descriptors as before, and no child. */
static int count_descriptors(void)
{
    int count = 0;

    for (int fd = 0; fd < 1024; fd++)
        count += fcntl(fd, F_GETFD) >= 0;
    return count;
}

static int start_with_a_fault(void)
{
    struct process_result r;
    int before = count_descriptors();
    sigset_t block, mask;
    int err, status = 0;

    sigemptyset(&block);
    sigaddset(&block, SIGUSR1);
    pthread_sigmask(SIG_SETMASK, &block, NULL);
    if (make_fail(fault->call, fault->err, fault->flags) != 0)
        return 77;
    err = PROCESS_RUN(&r, SH("cat; exit 5"), .input = "in", .input_size = 2, .capture_output = true,
                      .cwd = "/", .new_group = true, .umask = &(mode_t){022});
    if (err != fault->expected)
        status = 1;
    else if (err != 0 && r.stage != fault->stage)
        status = 2;
    else if (err == 0 && (strcmp(r.out, "in") != 0 || r.returncode != 5))
        status = 3;
    if (status != 0)
        fprintf(stderr, "call %ld: %s, stage %d, %d \"%s\"\n", fault->call, strerror(err), r.stage,
                r.returncode, r.out);
    process_result_destroy(&r);
    if (count_descriptors() != before)
        status = 4;
    if (waitpid(-1, NULL, WNOHANG) != -1 || errno != ECHILD)
        status = 5;
    pthread_sigmask(SIG_SETMASK, NULL, &mask);
    for (int i = 1; i < 32; i++)
        if (sigismember(&mask, i) != (i == SIGUSR1))
            status = 6; /* the mask is not as it was */
    return status;
}

static void expect_fault(const struct fault *one)
{
    fault = one;
    expect_zero_in_a_fork(start_with_a_fault);
}

FIXTURE(note_descriptors, expect_nothing_left);

#ifdef SYS_dup2
#define DUP SYS_dup2
#else
#define DUP SYS_dup3
#endif

TEST(each_failing_call_is_told_with_its_stage_and_leaves_nothing)
{
    static const struct fault faults[] = {
        {SYS_pipe2, 0, ENFILE, ENFILE, PROCESS_AT_PREPARATION},
        {SYS_pipe2, 0, EMFILE, EMFILE, PROCESS_AT_PREPARATION},
        {SYS_clone, 0, EAGAIN, EAGAIN, PROCESS_AT_CHILD},
        {SYS_clone, 0, ENOMEM, ENOMEM, PROCESS_AT_CHILD},
        {DUP, 0, EBUSY, EBUSY, PROCESS_AT_STREAMS},
        {SYS_chdir, 0, EIO, EIO, PROCESS_AT_DIRECTORY},
        {SYS_setpgid, 0, EPERM, EPERM, PROCESS_AT_SESSION},
        {SYS_execve, 0, ENOMEM, ENOMEM, PROCESS_AT_PROGRAM},
        {SYS_execve, 0, ELOOP, ELOOP, PROCESS_AT_PROGRAM},
    };

    skip_under_valgrind();
    for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++)
        expect_fault(&faults[i]);
}

TEST(what_is_refused_is_done_another_way)
{
    static const struct fault faults[] = {
        {SYS_clone, CLONE_VFORK, EINVAL, 0,
         PROCESS_AT_NOTHING}, /* as for process 1 of some sandboxes */
        {SYS_clone, CLONE_VFORK, ENOSYS, 0, PROCESS_AT_NOTHING},
        {SYS_clone, CLONE_VFORK, EPERM, 0, PROCESS_AT_NOTHING},
        {SYS_clone, CLONE_PIDFD, EMFILE, 0, PROCESS_AT_NOTHING},
        {SYS_close_range, 0, ENOSYS, 0, PROCESS_AT_NOTHING},
        {SYS_close_range, 0, EPERM, 0, PROCESS_AT_NOTHING},
        {SYS_getdents64, 0, EACCES, 0, PROCESS_AT_NOTHING},
        {SYS_pidfd_open, 0, ENOSYS, 0, PROCESS_AT_NOTHING},
        {SYS_pidfd_open, 0, EMFILE, 0, PROCESS_AT_NOTHING},
        {SYS_pidfd_send_signal, 0, ENOSYS, 0, PROCESS_AT_NOTHING},
        {SYS_madvise, 0, EINVAL, 0, PROCESS_AT_NOTHING},
    };

    for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++)
        expect_fault(&faults[i]);
}

/* waitid fails where P_PIDFD (3) is asked for, as on Linux 5.3; and a signal goes by number. */
static int wait_and_kill_by_number(void)
{
    struct process_result r;
    int err;

    if (make_fail(SYS_waitid, EINVAL, 2) != 0 || make_fail(SYS_pidfd_send_signal, ENOSYS, 0) != 0)
        return 77;
    err = PROCESS_RUN(&r, SH("sleep 60 & sleep 60"), .timeout_ms = 50, .new_group = true);
    if (err != ETIMEDOUT || r.returncode != -SIGKILL)
        return 1;
    process_result_destroy(&r);
    return 0;
}

TEST(an_older_kernel_is_good_enough)
{
    expect_zero_in_a_fork(wait_and_kill_by_number);
}

/* The system call says 0 and does nothing, as a sandbox may have it. */
static int become_nobody_in_a_lie(long call, enum process_stage stage)
{
    struct process_result r;
    int wrong;

    if (make_fail(call, 0, 0) != 0)
        return 77;
    wrong = PROCESS_RUN(&r, PROCESS_ARGV("true"), .user = &(uid_t){1234}, .group = &(gid_t){2345},
                        .groups = &(gid_t){20}, .group_count = 1) != EPERM ||
            r.stage != stage;
    process_result_destroy(&r);
    return wrong;
}

static int stay_user_0(void)
{
    return become_nobody_in_a_lie(SYS_setreuid, PROCESS_AT_USER);
}

static int stay_group_0(void)
{
    return become_nobody_in_a_lie(SYS_setregid, PROCESS_AT_GROUP);
}

static int stay_in_our_groups(void)
{
    return become_nobody_in_a_lie(SYS_setgroups, PROCESS_AT_GROUPS);
}

TEST(a_change_of_identity_is_not_believed_but_looked_at)
{
    if (getuid() != 0)
        skip();
    expect_zero_in_a_fork(stay_user_0);
    expect_zero_in_a_fork(stay_group_0);
    expect_zero_in_a_fork(stay_in_our_groups);
}

static int start_without_a_pipe_to_report(void)
{
    struct process_result r;
    struct rlimit limit = {.rlim_cur = 3, .rlim_max = 3};
    int err;

    if (setrlimit(RLIMIT_NOFILE, &limit) != 0)
        return 77;
    err = PROCESS_RUN(&r, PROCESS_ARGV("true"));
    process_result_destroy(&r);
    return spawns_by_clone() ? err != 0 && err != ENOENT
                             : err != EMFILE; /* true itself may need a descriptor */
}

/* poll(2) refuses more entries than the limit, though they are open. */
static int talk_below_the_limit(void)
{
    struct rlimit limit = {.rlim_cur = 0, .rlim_max = RLIM_INFINITY};
    struct process p;
    int status;

    if (PROCESS_START(&p, SH("cat; exit 3"), .stdin_from = PROCESS_PIPE, .capture_output = true) !=
            0 ||
        getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return 77;
    limit.rlim_cur = 0;
    if (setrlimit(RLIMIT_NOFILE, &limit) != 0)
        return 78;
    if (process_communicate(&p, "in", 2, PROCESS_FOREVER) != 0 || strcmp(p.result.out, "in") != 0)
        return 1;
    status = p.result.returncode != 3;
    process_destroy(&p);
    return status << 1;
}

TEST(a_lowered_limit_does_not_stop_a_conversation)
{
    skip_under_valgrind();
    expect_zero_in_a_fork(talk_below_the_limit);
}

TEST(no_descriptor_at_all_is_emfile_or_no_problem)
{
    skip_under_valgrind();
    expect_zero_in_a_fork(start_without_a_pipe_to_report);
}

/* Little memory: whatever fails says ENOMEM, and nothing is left. */
/* Nor may the child have more; so it gets few words, or exec finds them too long (E2BIG). */
static int start_with_little_memory(void)
{
    struct rlimit limit = {.rlim_cur = 0, .rlim_max = RLIM_INFINITY};
    struct process_result r;
    int err;

    if (setrlimit(RLIMIT_AS, &limit) != 0)
        return 77;
    err = PROCESS_RUN(&r, PROCESS_ARGV("true"), .env = PROCESS_ARGV("PATH=/usr/bin:/bin"));
    process_result_destroy(&r);
    return err != 0 && err != ENOMEM && err != EAGAIN;
}

TEST(little_memory_is_enomem)
{
    skip_under_valgrind();
    if (SANITIZED) /* which need memory themselves */
        skip();
    expect_zero_in_a_fork(start_with_little_memory);
}

int main(void)
{
    return run_in_each_mode();
}
