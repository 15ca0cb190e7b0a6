/* What surrounds a child, and what a start that fails says and leaves: through the header only. */
#define _GNU_SOURCE /* pipe2, syscall */

#include "process_check.h"

#include <linux/securebits.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

FIXTURE(note_descriptors, expect_nothing_left);

#define CAPTURE(...) \
    (process_result_destroy(&result), PROCESS_RUN(&result, __VA_ARGS__, .capture_output = true))

/* ---- Where a program is found ---- */

static char folder[64];

static void make_folder(void)
{
    strcpy(folder, "/tmp/test-process-XXXXXX");
    assert_non_null(mkdtemp(folder));
}

static const char *make_file(const char *name, const char *text, mode_t mode)
{
    static char path[128];
    FILE *file;

    snprintf(path, sizeof path, "%s/%s", folder, name);
    file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
    assert_int_equal(chmod(path, mode), 0);
    return path;
}

static void remove_folder(void)
{
    struct process_result r;

    assert_int_equal(PROCESS_RUN(&r, PROCESS_ARGV("rm", "-r", folder)), 0);
    process_result_destroy(&r);
}

static const char *path_of(const char *value)
{
    static char path[256];

    snprintf(path, sizeof path, "PATH=%s", value);
    return path;
}

TEST(the_path_is_that_of_the_childs_environment)
{
    make_folder();
    make_file("my-program", "#!/bin/sh\necho found\n", 0755);
    assert_int_equal(CAPTURE(PROCESS_ARGV("my-program"), .env = PROCESS_ARGV(path_of(folder))), 0);
    assert_string_equal(result.out, "found\n");
    assert_int_equal(CAPTURE(PROCESS_ARGV("my-program"),
                             .env_changes = PROCESS_ARGV(path_of(folder))),
                     0);
    assert_int_equal(CAPTURE(PROCESS_ARGV("my-program")), ENOENT);
    assert_int_equal(CAPTURE(PROCESS_ARGV("echo", "x"), .env = PROCESS_ARGV("A=b")),
                     0); /* /bin:/usr/bin */
    remove_folder();
}

TEST(an_empty_entry_of_the_path_is_the_childs_directory)
{
    static const char *const paths[] = {"", ":/nowhere", "/nowhere:", "/nowhere::/elsewhere"};

    make_folder();
    make_file("my-program", "#!/bin/sh\necho found\n", 0755);
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(CAPTURE(PROCESS_ARGV("my-program"), .cwd = folder,
                                 .env = PROCESS_ARGV(path_of(paths[i]))),
                         0);
        assert_string_equal(result.out, "found\n");
    }
    remove_folder();
}

TEST(a_file_that_may_not_be_executed_is_told_before_one_that_is_missing)
{
    char both[200];

    make_folder();
    make_file("my-program", "no program", 0644);
    snprintf(both, sizeof both, "%s:/nowhere", folder);
    assert_int_equal(CAPTURE(PROCESS_ARGV("my-program"), .env = PROCESS_ARGV(path_of(both))),
                     EACCES);
    assert_int_equal(result.stage, PROCESS_AT_PROGRAM);
    remove_folder();
}

TEST(a_script_without_an_interpreter_is_enoexec)
{
    skip_under_valgrind();
    make_folder();
    assert_int_equal(CAPTURE(PROCESS_ARGV(make_file("script", "echo x\n", 0755))), ENOEXEC);
    assert_int_equal(CAPTURE(PROCESS_ARGV(make_file("script", "#!/no/such/shell\n", 0755))),
                     ENOENT);
    remove_folder();
}

TEST(a_file_open_for_writing_is_etxtbsy_after_a_few_tries)
{
    int fd;

    skip_under_valgrind();
    make_folder();
    fd = open(make_file("script", "#!/bin/sh\necho ran\n", 0755), O_WRONLY | O_CLOEXEC);
    assert_int_equal(CAPTURE(PROCESS_ARGV("./script"), .cwd = folder), ETXTBSY);
    close(fd);
    assert_int_equal(CAPTURE(PROCESS_ARGV("./script"), .cwd = folder), 0);
    remove_folder();
}

TEST(the_program_may_be_another_than_the_first_word)
{
    assert_int_equal(CAPTURE(PROCESS_ARGV("a name", "-c", "echo $0"), .executable = "sh"), 0);
    assert_string_equal(result.out, "a name\n");
    assert_int_equal(CAPTURE(PROCESS_ARGV("sh"), .executable = "/no/such/program"), ENOENT);
}

TEST(a_shell_gets_the_script_and_its_words)
{
    assert_int_equal(CAPTURE(PROCESS_ARGV("echo \"$0|$1\"; exit 3", "a b", "$HOME;"),
                             .shell = true),
                     0);
    assert_string_equal(result.out, "a b|$HOME;\n");
    assert_int_equal(result.returncode, 3);
    assert_int_equal(CAPTURE(PROCESS_ARGV("echo $0"), .shell = true, .executable = "/bin/bash"), 0);
    assert_string_equal(result.out, "/bin/bash\n");
}

/* ---- The environment ---- */

TEST(changes_set_replace_and_remove)
{
    assert_int_equal(CAPTURE(PROCESS_ARGV("/usr/bin/env"),
                             .env = PROCESS_ARGV("A=1", "AB=2", "C=3"),
                             .env_changes = PROCESS_ARGV("A=x", "C", "D=1", "D=2", "E=", "F")),
                     0);
    assert_string_equal(result.out, "AB=2\nA=x\nD=2\nE=\n");
    setenv("TEST_PROCESS", "inherited", 1);
    assert_int_equal(CAPTURE(SH("echo $TEST_PROCESS $OTHER"),
                             .env_changes = PROCESS_ARGV("OTHER=x")),
                     0);
    unsetenv("TEST_PROCESS");
    assert_string_equal(result.out, "inherited x\n");
}

TEST(a_name_that_is_none_is_einval)
{
    assert_int_equal(CAPTURE(PROCESS_ARGV("true"), .env = PROCESS_ARGV("=x")), EINVAL);
    assert_int_equal(CAPTURE(PROCESS_ARGV("true"), .env = PROCESS_ARGV("A=x", "B")), EINVAL);
    assert_int_equal(CAPTURE(PROCESS_ARGV("true"), .env = PROCESS_ARGV("")), EINVAL);
    assert_int_equal(CAPTURE(PROCESS_ARGV("true"), .env_changes = PROCESS_ARGV("=x")), EINVAL);
    assert_int_equal(CAPTURE(PROCESS_ARGV("true"), .env_changes = PROCESS_ARGV("")), EINVAL);
    assert_int_equal(result.stage, PROCESS_AT_OPTIONS);
}

/* ---- Descriptors ---- */

TEST(a_stream_may_lead_to_an_open_descriptor)
{
    int out[2], in[2];
    char text[32] = "";

    assert_int_equal(pipe2(out, O_CLOEXEC) | pipe2(in, O_CLOEXEC), 0);
    assert_int_equal(write(in[1], "hello\n", 6), 6);
    close(in[1]);
    assert_int_equal(PROCESS_RUN(&result, SH("cat; echo err >&2"), .stdin_from = PROCESS_FD,
                                 .stdin_fd = in[0], .stdout_to = PROCESS_FD, .stdout_fd = out[1],
                                 .stderr_to = PROCESS_STDOUT),
                     0);
    close(out[1]); /* ours: the library left it open */
    assert_int_equal(read(out[0], text, sizeof text), 10);
    assert_string_equal(text, "hello\nerr\n");
    close(out[0]);
    close(in[0]);
}

TEST(a_descriptor_that_is_not_open_is_ebadf)
{
    const int closed[] = {700}, low[] = {1};

    assert_int_equal(PROCESS_RUN(&result, PROCESS_ARGV("true"), .stdout_to = PROCESS_FD,
                                 .stdout_fd = 700),
                     EBADF);
    assert_string_equal(result.message, "a descriptor among the options is not open");
    process_result_destroy(&result);
    assert_int_equal(PROCESS_RUN(&result, PROCESS_ARGV("true"), .stdin_from = PROCESS_FD,
                                 .stdin_fd = -1),
                     EBADF);
    assert_int_equal(CAPTURE(PROCESS_ARGV("true"), .pass_fds = closed, .pass_count = 1), EBADF);
    assert_int_equal(CAPTURE(PROCESS_ARGV("true"), .pass_fds = low, .pass_count = 1), EINVAL);
    assert_int_equal(CAPTURE(PROCESS_ARGV("true"), .pass_count = 1), EINVAL);
}

TEST(what_is_passed_arrives_and_nothing_else)
{
    int fds[4], pass[2];

    for (int i = 0; i < 4; i++)
        fds[i] = open("/dev/null", O_RDONLY | (i % 2 ? O_CLOEXEC : 0));
    pass[0] = fcntl(fds[0], F_DUPFD_CLOEXEC, 60); /* unsorted, and with the mark */
    pass[1] = fds[1];
    assert_int_equal(CAPTURE(SH("ls -v /proc/$$/fd"), .pass_fds = pass, .pass_count = 2), 0);
    char expected[64];

    snprintf(expected, sizeof expected, "0\n1\n2\n%d\n%d\n", pass[1], pass[0]);
    assert_string_equal(result.out, expected);
    assert_true(fcntl(pass[0], F_GETFD) & FD_CLOEXEC); /* ours is as it was */
    close(pass[0]);
    for (int i = 0; i < 4; i++)
        close(fds[i]);
}

static int64_t processor_seconds_of_children(void)
{
    struct rusage used;

    getrusage(RUSAGE_CHILDREN, &used);
    return used.ru_utime.tv_sec + used.ru_stime.tv_sec;
}

TEST(a_huge_limit_on_descriptors_costs_nothing)
{
    struct rlimit limit, before;
    int64_t used = processor_seconds_of_children();

    getrlimit(RLIMIT_NOFILE, &before);
    limit.rlim_cur = limit.rlim_max = 1 << 20;
    if (setrlimit(RLIMIT_NOFILE, &limit) != 0) { /* not allowed to raise it that far */
        limit.rlim_cur = limit.rlim_max = before.rlim_max;
        assert_int_equal(setrlimit(RLIMIT_NOFILE, &limit), 0);
    }
    for (int i = 0; i < 20; i++)
        assert_int_equal(CAPTURE(PROCESS_ARGV("true")), 0);
    setrlimit(RLIMIT_NOFILE, &before);
    assert_true(processor_seconds_of_children() - used < 5); /* a loop over all: 20 million calls */
}

/* In a child of the test: 1 and 2 are pipes, and the child gets them crossed. */
static int cross_the_streams(void)
{
    struct process_result r;
    int one[2], two[2];
    char text[8] = "";

    if (pipe2(one, O_CLOEXEC) != 0 || pipe2(two, O_CLOEXEC) != 0)
        return 1;
    dup2(one[1], 1);
    dup2(two[1], 2);
    if (PROCESS_RUN(&r, SH("echo out; echo err >&2"), .stdout_to = PROCESS_FD, .stdout_fd = 2,
                    .stderr_to = PROCESS_FD, .stderr_fd = 1) != 0)
        return 2;
    process_result_destroy(&r);
    if (read(one[0], text, sizeof text) != 4 || strncmp(text, "err\n", 4) != 0)
        return 3;
    if (read(two[0], text, sizeof text) != 4 || strncmp(text, "out\n", 4) != 0)
        return 4;
    dup2(one[0], 0); /* stdin from 1, stdout to 0: a circle of three */
    dup2(two[0], 2);
    if (write(one[1], "x", 1) != 1 || dup2(two[1], 0) != 0 || dup2(one[0], 1) != 1)
        return 5;
    if (PROCESS_RUN(&r, PROCESS_ARGV("head", "-c", "1"), .stdin_from = PROCESS_FD, .stdin_fd = 1,
                    .stdout_to = PROCESS_FD, .stdout_fd = 0, .stderr_to = PROCESS_DEVNULL) != 0)
        return 6;
    process_result_destroy(&r);
    return read(two[0], text, 1) == 1 && text[0] == 'x' ? 0 : 7;
}

TEST(the_parents_standard_streams_may_be_crossed)
{
    expect_zero_in_a_fork(cross_the_streams);
}

/* ---- Signals ---- */

static int start_with_reserved_signals_ignored(void)
{
    struct {
        void (*handler)(int);
        unsigned long flags, restorer, mask;
    } ignore = {.handler = SIG_IGN};
    struct process_result r;
    uint64_t ignored;

    for (int i = 32; i <= 34; i++)
        if (syscall(SYS_rt_sigaction, i, &ignore, NULL, 8) != 0)
            return 1;
    if (PROCESS_RUN(&r, PROCESS_ARGV("cat", "/proc/self/status"), .capture_output = true) != 0)
        return 2;
    ignored = status_set(r.out, "SigIgn:");
    process_result_destroy(&r);
    return ignored != 0 ? 3 : 0;
}

TEST(the_c_librarys_own_signals_are_not_left_ignored)
{
    expect_zero_in_a_fork(start_with_reserved_signals_ignored);
}

/* What this process ignores: a shell's background job, SIGINT and SIGQUIT. */
static uint64_t ignored_here(void)
{
    char text[8192] = "";
    FILE *status = fopen("/proc/self/status", "r");

    assert_non_null(status);
    text[fread(text, 1, sizeof text - 1, status)] = '\0';
    fclose(status);
    return status_set(text, "SigIgn:") & 0x7fffffff;
}

TEST(ignored_signals_stay_ignored_when_that_is_asked_for)
{
    struct sigaction ignore = {.sa_handler = SIG_IGN}, before;
    uint64_t ours;

    sigaction(SIGHUP, &ignore, &before);
    ours = ignored_here();
    assert_int_equal(CAPTURE(PROCESS_ARGV("cat", "/proc/self/status"), .keep_ignored = true), 0);
    sigaction(SIGHUP, &before, NULL);
    assert_int_equal(ours & 1, 1);
    assert_int_equal(status_set(result.out, "SigIgn:") & 0x7fffffff, ours);
}

TEST(our_own_mask_is_as_it_was_after_any_start)
{
    sigset_t block, before, after;

    sigemptyset(&block);
    sigaddset(&block, SIGUSR1);
    pthread_sigmask(SIG_BLOCK, &block, &before);
    assert_int_equal(CAPTURE(PROCESS_ARGV("true")), 0);
    assert_int_equal(CAPTURE(PROCESS_ARGV("/no/such/program")), ENOENT);
    pthread_sigmask(SIG_SETMASK, &before, &after);
    for (int i = 1; i < 32; i++)
        assert_int_equal(sigismember(&after, i), i == SIGUSR1 ? 1 : sigismember(&before, i));
}

/* ---- Company and identity ---- */

#define STAT "%d %*s %*s %*s %d %d" /* number, group and session: proc(5) */

TEST(a_new_session_or_group_has_the_childs_number)
{
    assert_int_equal(CAPTURE(PROCESS_ARGV("cat", "/proc/self/stat"), .new_session = true), 0);
    int pid, group, session;

    assert_int_equal(sscanf(result.out, STAT, &pid, &group, &session), 3);
    assert_true(pid == group && pid == session);
    assert_int_equal(CAPTURE(PROCESS_ARGV("cat", "/proc/self/stat"), .new_group = true), 0);
    assert_int_equal(sscanf(result.out, STAT, &pid, &group, &session), 3);
    assert_true(pid == group && session == getsid(0));
    assert_int_equal(CAPTURE(PROCESS_ARGV("cat", "/proc/self/stat"), .join_group = getpgrp()), 0);
    assert_int_equal(sscanf(result.out, STAT, &pid, &group, &session), 3);
    assert_int_equal(group, getpgrp());
    assert_int_equal(CAPTURE(PROCESS_ARGV("true"), .join_group = 2147483647), EPERM);
    assert_int_equal(result.stage, PROCESS_AT_SESSION);
    assert_int_equal(CAPTURE(PROCESS_ARGV("true"), .join_group = 1, .new_group = true), EINVAL);
    assert_int_equal(CAPTURE(PROCESS_ARGV("true"), .join_group = -1), EINVAL);
}

TEST(the_umask_is_the_childs_alone)
{
    mode_t before = umask(022);

    assert_int_equal(CAPTURE(SH("umask"), .umask = &(mode_t){0}), 0);
    assert_string_equal(result.out, "0000\n");
    assert_int_equal(CAPTURE(SH("umask"), .umask = &(mode_t){077}), 0);
    assert_string_equal(result.out, "0077\n");
    assert_int_equal(umask(before), 022);
}

TEST(user_and_groups_are_changed_groups_first)
{
    const gid_t groups[] = {20, 21};

    if (getuid() != 0)
        skip();
    assert_int_equal(CAPTURE(SH("id -u; id -g; id -G"), .user = &(uid_t){1234},
                             .group = &(gid_t){2345}, .groups = groups, .group_count = 2),
                     0);
    assert_string_equal(result.out, "1234\n2345\n2345 20 21\n");
    assert_int_equal(CAPTURE(SH("id -G"), .groups = groups, .group_count = 0), 0);
    assert_string_equal(result.out, "0\n");
    assert_int_equal(getuid(), 0);
    assert_int_equal(CAPTURE(PROCESS_ARGV("true"), .group_count = 1), EINVAL);
}

/* Two folders on the PATH have a program of that name. */
static const char *two_tools(const char *first)
{
    static char path[256];

    make_folder();
    snprintf(path, sizeof path, "%s/a", folder);
    assert_int_equal(mkdir(path, 0755), 0);
    snprintf(path, sizeof path, "%s/b", folder);
    assert_int_equal(mkdir(path, 0755), 0);
    make_file("b/tool", "#!/bin/sh\necho second\n", 0755);
    make_file("a/tool", first, 0755);
    snprintf(path, sizeof path, "PATH=%s/a:%s/b", folder, folder);
    return path;
}

TEST(no_other_program_runs_than_the_first_of_that_name)
{
    static const struct {
        const char *text;
        int err;
    } firsts[] = {
        {"echo no program\n", ENOEXEC},
        {"#!/no/such/interpreter\n", ENOENT},
        {"", ENOEXEC},
        {"#!/\n", EACCES},           /* a folder */
        {"#!/etc/passwd\n", EACCES}, /* no program */
    };

    skip_under_valgrind();
    for (size_t i = 0; i < sizeof firsts / sizeof firsts[0]; i++) {
        const char *path = two_tools(firsts[i].text);

        assert_int_equal(CAPTURE(PROCESS_ARGV("tool"), .env = PROCESS_ARGV(path)), firsts[i].err);
        assert_int_equal(result.stage, PROCESS_AT_PROGRAM);
        remove_folder();
    }
}

TEST(what_is_no_program_is_passed_over)
{
    const char *path = two_tools("#!/bin/sh\necho first\n");
    char file[128];

    snprintf(file, sizeof file, "%s/a/tool", folder);
    assert_int_equal(chmod(file, 0644), 0);
    assert_int_equal(CAPTURE(PROCESS_ARGV("tool"), .env = PROCESS_ARGV(path)), 0);
    assert_string_equal(result.out, "second\n");
    process_result_destroy(&result);
    assert_int_equal(unlink(file) | mkdir(file, 0755), 0);
    assert_int_equal(CAPTURE(PROCESS_ARGV("tool"), .env = PROCESS_ARGV(path)), 0);
    assert_string_equal(result.out, "second\n");
    remove_folder();
}

TEST(a_busy_program_is_not_replaced_by_a_later_one)
{
    const char *path = two_tools("#!/bin/sh\necho first\n");
    char file[128];
    int writer;

    skip_under_valgrind();
    snprintf(file, sizeof file, "%s/a/tool", folder);
    writer = open(file, O_WRONLY | O_CLOEXEC);
    assert_true(writer >= 0);
    assert_int_equal(CAPTURE(PROCESS_ARGV("tool"), .env = PROCESS_ARGV(path)), ETXTBSY);
    close(writer);
    assert_int_equal(CAPTURE(PROCESS_ARGV("tool"), .env = PROCESS_ARGV(path)), 0);
    assert_string_equal(result.out, "first\n");
    remove_folder();
}

/* What a child's streams are when ours are as `prepare` leaves them. */
static int print_where_the_streams_lead(void)
{
    struct process_result r;
    char named[80];
    int wrong;

    make_folder();
    snprintf(named, sizeof named, "%s/file", folder);
    /* a file opened in it would get the number of a missing stream */
    wrong = PROCESS_RUN(&r, PROCESS_ARGV("sh", "-c",
                                         "readlink /proc/self/fd/0 >\"$0\"; "
                                         "test -e /proc/self/fd/1 && "
                                         "test -e /proc/self/fd/2",
                                         named)) != 0 ||
            r.returncode != 0;
    process_result_destroy(&r);
    remove_folder();
    return wrong;
}

static int mark_the_streams_close_on_exec(void)
{
    int null = open("/dev/null", O_RDWR | O_CLOEXEC);

    for (int i = 0; i < 3; i++)
        if (dup3(null, i, O_CLOEXEC) < 0)
            return 77;
    return print_where_the_streams_lead();
}

static int close_the_streams(void)
{
    struct process_result r;
    int wrong;

    for (int i = 0; i < 3; i++)
        close(i);
    wrong = PROCESS_RUN(&r, SH("readlink /proc/$$/fd/0 /proc/$$/fd/2"),
                        .stdout_to = PROCESS_PIPE) != 0 ||
            strcmp(r.out, "/dev/null\n/dev/null\n") != 0;
    process_result_destroy(&r);
    wrong |= PROCESS_RUN(&r, SH("echo nowhere; exit 3"), .stderr_to = PROCESS_STDOUT) != 0 ||
             r.returncode != 3;
    process_result_destroy(&r);
    return wrong << 1 | print_where_the_streams_lead();
}

TEST(an_inherited_stream_is_there_whatever_ours_is)
{
    expect_zero_in_a_fork(mark_the_streams_close_on_exec);
    expect_zero_in_a_fork(close_the_streams);
}

/* A pipe of ours that does not wait: the child's does, and ours stays as it was. */
TEST(a_stream_that_does_not_block_blocks_in_the_child)
{
    int ends[2];
    struct process p;
    char block[4096];
    size_t total = 0;
    ssize_t got;

    assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
    assert_int_equal(fcntl(ends[1], F_SETFL, O_NONBLOCK), 0);
    assert_int_equal(PROCESS_START(&p, PROCESS_ARGV("head", "-c", "300000", "/dev/zero"),
                                   .stdout_to = PROCESS_FD, .stdout_fd = ends[1]),
                     0);
    assert_true(fcntl(ends[1], F_GETFL) & O_NONBLOCK);
    close(ends[1]);
    /* it can only go on when we read; if it cannot wait, it fails */
    assert_int_equal(process_wait(&p, 200, NULL), ETIMEDOUT);
    while ((got = read(ends[0], block, sizeof block)) > 0)
        total += (size_t)got;
    assert_int_equal(total, 300000);
    assert_int_equal(process_communicate(&p, NULL, 0, PROCESS_FOREVER), 0);
    assert_int_equal(p.result.returncode, 0);
    process_destroy(&p);
    close(ends[0]);
}

/* To setreuid(2) -1 means "no change": the child would have stayed root. */
TEST(an_identity_of_minus_one_is_refused_and_named)
{
    const gid_t none[] = {(gid_t)-1};

    assert_int_equal(CAPTURE(PROCESS_ARGV("id", "-u"), .user = &(uid_t){(uid_t)-1},
                             .group = &(gid_t){1}, .groups = none, .group_count = 0),
                     EINVAL);
    assert_int_equal(result.stage, PROCESS_AT_OPTIONS);
    assert_string_equal(result.message, "user or group -1 would leave it as it is");
    assert_int_equal(CAPTURE(PROCESS_ARGV("id", "-u"), .group = &(gid_t){(gid_t)-1}), EINVAL);
    assert_string_equal(result.message, "user or group -1 would leave it as it is");
    assert_int_equal(CAPTURE(PROCESS_ARGV("id", "-u"), .groups = none, .group_count = 1), EINVAL);
    assert_string_equal(result.message, "user or group -1 would leave it as it is");
}

#define HALF "user without group and groups would keep ours: see keep_groups"

TEST(a_user_without_its_groups_is_refused_unless_it_is_meant)
{
    const gid_t groups[] = {20};
    const uid_t user = 1234;
    const gid_t group = 2345;

    assert_int_equal(CAPTURE(PROCESS_ARGV("id"), .user = &user), EINVAL);
    assert_string_equal(result.message, HALF);
    assert_int_equal(CAPTURE(PROCESS_ARGV("id"), .user = &user, .group = &group), EINVAL);
    assert_string_equal(result.message, HALF);
    assert_int_equal(CAPTURE(PROCESS_ARGV("id"), .user = &user, .groups = groups), EINVAL);
    assert_string_equal(result.message, HALF);
    assert_int_equal(CAPTURE(PROCESS_ARGV("id"), .user = &user, .groups = groups,
                             .keep_groups = true),
                     EINVAL);
    assert_string_equal(result.message, "keep_groups excludes groups");
    assert_int_equal(CAPTURE(PROCESS_ARGV("true"), .user = &(uid_t){getuid()}, .keep_groups = true),
                     0);
    if (getuid() != 0)
        skip();
    assert_int_equal(CAPTURE(SH("id -u; id -g"), .user = &user, .keep_groups = true), 0);
    assert_string_equal(result.out, "1234\n0\n");
    assert_int_equal(CAPTURE(PROCESS_ARGV("id", "-u"), .user = &(uid_t){0}), 0);
    assert_string_equal(result.out, "0\n");
}

/* Root's rights stay with whoever it becomes: capabilities(7). */
static int keep_the_way_back(void)
{
    struct process_result r;
    int wrong;

    if (prctl(PR_SET_SECUREBITS, SECBIT_NO_SETUID_FIXUP) != 0)
        return 0; /* not here */
    wrong = PROCESS_RUN(&r, PROCESS_ARGV("true"), .user = &(uid_t){1234}, .group = &(gid_t){2345},
                        .groups = &(gid_t){20}, .group_count = 1) != EPERM ||
            r.stage != PROCESS_AT_USER;
    process_result_destroy(&r);
    return wrong;
}

TEST(a_child_that_could_become_root_again_does_not_run)
{
    if (getuid() != 0)
        skip();
    expect_zero_in_a_fork(keep_the_way_back);
}

/* Each contradiction has a sentence of its own. */
TEST(each_contradiction_is_named)
{
    struct process p;

    assert_int_equal(CAPTURE(PROCESS_ARGV("true"), .end_group = true), EINVAL);
    assert_string_equal(result.message, "end_group needs new_group or new_session");
    assert_int_equal(CAPTURE(PROCESS_ARGV("true"), .stdout_to = PROCESS_PIPE), EINVAL);
    assert_string_equal(result.message, "capture_output excludes stdout_to and stderr_to");
    assert_int_equal(CAPTURE(PROCESS_ARGV("true"), .timeout_ms = -1), EINVAL);
    assert_string_equal(result.message, "timeout_ms is below zero");
    assert_int_equal(CAPTURE(PROCESS_ARGV("true"), .pass_fds = (int[]){2}, .pass_count = 1),
                     EINVAL);
    assert_string_equal(result.message, "pass_fds has a descriptor below 3");
    assert_int_equal(CAPTURE(NULL), EINVAL);
    assert_string_equal(result.message, "no program: argv[0] is missing");
    assert_int_equal(PROCESS_START(&p, PROCESS_ARGV("true"), .check = true), EINVAL);
    assert_string_equal(p.result.message,
                        "input, timeout_ms and check are for process_run and process_pipeline");
    process_destroy(&p);
    process_result_destroy(&result);
    assert_int_equal(process_pipeline(NULL, 0, NULL, NULL, &result), EINVAL);
    assert_string_equal(result.message, "no program: the row is empty");
}

TEST(users_and_groups_are_found_by_name)
{
    uid_t user = 7;
    gid_t group = 7;

    assert_int_equal(process_find_user("root", &user), 0);
    assert_int_equal(user, 0);
    assert_int_equal(process_find_user("daemon", &user), 0);
    assert_int_equal(CAPTURE(PROCESS_ARGV("id", "-u", "daemon")), 0);
    assert_int_equal(user, (uid_t)strtoul(result.out, NULL, 10));
    assert_int_equal(process_find_group("daemon", &group), 0);
    assert_int_equal(CAPTURE(PROCESS_ARGV("id", "-g", "daemon")), 0);
    assert_int_equal(group, (gid_t)strtoul(result.out, NULL, 10));
}

TEST(an_unknown_name_leaves_the_number_alone)
{
    uid_t user = 7;
    gid_t group = 7;

    assert_int_equal(process_find_user("no such user", &user), ENOENT);
    assert_int_equal(process_find_group("no such group", &group), ENOENT);
    assert_int_equal(process_find_user("", &user), ENOENT);
    assert_int_equal(user, 7);
    assert_int_equal(group, 7);
}

#ifdef F_GETPIPE_SZ
TEST(pipes_are_as_large_as_asked_for)
{
    struct process p;

    assert_int_equal(PROCESS_START(&p, PROCESS_ARGV("cat"), .stdin_from = PROCESS_PIPE,
                                   .stdout_to = PROCESS_PIPE, .pipe_size = 4096),
                     0);
    assert_int_equal(fcntl(p.stdin_fd, F_GETPIPE_SZ), 4096);
    assert_int_equal(fcntl(p.stdout_fd, F_GETPIPE_SZ), 4096);
    process_destroy(&p);
    assert_int_equal(CAPTURE(PROCESS_ARGV("true"), .pipe_size = -1), EINVAL);
    assert_int_equal(result.stage, PROCESS_AT_OPTIONS);
}

static int ask_for_more_than_a_user_may_have(void)
{
    struct process p;
    int wrong = 0;

    if (setgid(2345) != 0 || setuid(1234) != 0)
        return 1;
    wrong |= PROCESS_START(&p, PROCESS_ARGV("true"), .stdout_to = PROCESS_PIPE,
                           .pipe_size = 1 << 30) != EPERM ||
             p.result.stage != PROCESS_AT_PREPARATION;
    process_destroy(&p);
    return wrong << 1;
}

TEST(a_pipe_larger_than_allowed_is_refused)
{
    if (getuid() != 0)
        skip();
    expect_zero_in_a_fork(ask_for_more_than_a_user_may_have);
}
#endif

static int become_another_and_try_to_change(void)
{
    struct process_result r;
    int wrong = 0;

    if (setgid(2345) != 0 || setuid(1234) != 0)
        return 1;
    wrong |= PROCESS_RUN(&r, PROCESS_ARGV("true"), .user = &(uid_t){0}) != EPERM ||
             r.stage != PROCESS_AT_USER;
    process_result_destroy(&r);
    wrong |= PROCESS_RUN(&r, PROCESS_ARGV("true"), .group = &(gid_t){0}) != EPERM ||
             r.stage != PROCESS_AT_GROUP;
    process_result_destroy(&r);
    wrong |=
        PROCESS_RUN(&r, PROCESS_ARGV("true"), .groups = &(gid_t){0}, .group_count = 1) != EPERM ||
        r.stage != PROCESS_AT_GROUPS;
    process_result_destroy(&r);
    return wrong << 1;
}

TEST(an_identity_that_is_refused_says_which)
{
    if (getuid() != 0)
        skip();
    expect_zero_in_a_fork(become_another_and_try_to_change);
}

TEST(a_missing_directory_is_told_from_a_missing_program)
{
    assert_int_equal(CAPTURE(PROCESS_ARGV("true"), .cwd = "/no/such/place"), ENOENT);
    assert_int_equal(result.stage, PROCESS_AT_DIRECTORY);
    assert_string_equal(result.message, "Command '['true']' could not be run: directory "
                                        "'/no/such/place': No such file or directory");
    assert_int_equal(CAPTURE(PROCESS_ARGV("no-such-program-anywhere")), ENOENT);
    assert_int_equal(result.stage, PROCESS_AT_PROGRAM);
}

TEST(a_message_has_an_end)
{
    enum { LONG = 100000, MANY = 3000 };
    static char word[LONG + 1];
    static const char *words[MANY + 1];

    memset(word, 'x', LONG);
    assert_int_equal(CAPTURE(PROCESS_ARGV("/no/such", word, "after")), ENOENT);
    assert_in_range(strlen(result.message), 1000, 1200);
    assert_non_null(strstr(result.message, "xxx...', ...]' could not be run: No such file"));
    for (int i = 0; i < MANY; i++)
        words[i] = i == 0 ? "/no/such" : "";
    assert_int_equal(CAPTURE(words), ENOENT);
    assert_in_range(strlen(result.message), 1000, 5000);
    memset(word, '\xbf', LONG); /* never a whole character */
    assert_int_equal(CAPTURE(PROCESS_ARGV("/no/such", word)), ENOENT);
    assert_in_range(strlen(result.message), 1000, 1200);
}

/*
 * Set, and far behind taken away again: to compare each with each would take
 * longer than we wait, and the child's environment is small.
 */
TEST(a_million_changes_are_not_compared_each_with_each)
{
    enum { MANY = 500000, SIZE = 16 };
    char *names;
    const char **list;

    skip_under_valgrind(); /* slow */
    names = malloc((size_t)2 * MANY * SIZE);
    list = calloc(2 * MANY + 2, sizeof *list);
    for (int i = 0; i < 2 * MANY; i++) {
        char *name = names + (size_t)i * SIZE;

        snprintf(name, SIZE, i < MANY ? "N%d=1" : "N%d", i % MANY);
        list[i] = name;
    }
    list[2 * MANY] = "LAST=1";
    alarm(HANG_SECONDS);
    assert_int_equal(CAPTURE(SH("echo $N0$N499999$LAST"), .env_changes = list), 0);
    alarm(0);
    assert_string_equal(result.out, "1\n");
    free(list);
    free(names);
}

TEST(words_that_are_too_long_are_e2big)
{
    size_t size = 4 << 20;
    char *word;

    skip_under_valgrind();
    word = malloc(size + 1);
    assert_non_null(word);
    memset(word, 'x', size);
    word[size] = '\0';
    assert_int_equal(PROCESS_RUN(&result, PROCESS_ARGV("true", word)), E2BIG);
    assert_int_equal(result.stage, PROCESS_AT_PROGRAM);
    free(word);
}

int main(void)
{
    return run_in_each_mode();
}
