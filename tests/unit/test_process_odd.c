/*
 * Odd surroundings: paths that are too long, a system without /proc, a process
 * whose first thread has ended, ids that differ, and who may not be killed.
 */
#define _GNU_SOURCE /* unshare, pipe2, syscall */

#include "process_check.h"

#include <grp.h>
#include <limits.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/mount.h>

static char folder[] = "/tmp/test-odd-XXXXXX";

FIXTURE(note_descriptors, expect_nothing_left);

/* ---- Which program ---- */

static int run_true_behind(const char *entry)
{
    char path[8192];

    snprintf(path, sizeof path, "PATH=%s:/usr/bin:/bin", entry);
    return PROCESS_RUN(&result, PROCESS_ARGV("true"), .env = PROCESS_ARGV(path), .check = true);
}

TEST(an_entry_of_the_path_that_is_too_long_is_passed_over)
{
    static char slashed[PATH_MAX + 100], one_name[NAME_MAX + 100];

    skip_under_valgrind();
    for (size_t i = 0; i + 1 < sizeof slashed; i++)
        slashed[i] = i % 2 ? 'x' : '/';
    memset(one_name, 'x', sizeof one_name - 1);
    one_name[0] = '/';
    assert_int_equal(run_true_behind(slashed), 0);
    process_result_destroy(&result);
    assert_int_equal(run_true_behind(one_name), 0);
    process_result_destroy(&result);
    assert_int_equal(PROCESS_RUN(&result, PROCESS_ARGV(one_name + 1)), ENAMETOOLONG);
}

static void write_tool(const char *where, const char *text)
{
    char path[64];
    FILE *to;

    snprintf(path, sizeof path, "%s/%s", folder, where);
    mkdir(path, 0755);
    strcat(path, "/tool");
    to = fopen(path, "w");
    assert_non_null(to);
    fputs(text, to);
    fclose(to);
    assert_int_equal(chmod(path, 0700), 0);
}

/* Real and effective user differ, as in a set-user-ID program. */
static int run_as_one_who_is_root_for_the_moment(void)
{
    struct process_result r;
    char path[64];
    int wrong;

    snprintf(path, sizeof path, "PATH=%s/a:%s/b", folder, folder);
    if (setreuid(65534, (uid_t)-1) != 0)
        return 77;
    wrong = PROCESS_RUN(&r, PROCESS_ARGV("tool"), .env = PROCESS_ARGV(path)) != ENOENT ||
            strstr(r.message, "/no/such/interpreter") == NULL;
    process_result_destroy(&r);
    return wrong;
}

TEST(what_may_run_is_asked_for_the_effective_user)
{
    skip_under_valgrind();
    if (getuid() != 0)
        skip();
    write_tool("a", "#!/no/such/interpreter\n");
    write_tool("b", "#!/bin/sh\nexit 0\n");
    expect_zero_in_a_fork(run_as_one_who_is_root_for_the_moment);
}

/* ---- Numbers without end ---- */

static int be_nicer_than_possible(void)
{
    struct process_result r;
    int wrong;

    if (setpriority(PRIO_PROCESS, 0, 10) != 0)
        return 77;
    wrong =
        PROCESS_RUN(&r, PROCESS_ARGV("nice"), .nice = INT_MAX, .stdout_to = PROCESS_PIPE) != 0 ||
        strcmp(r.out, "19\n") != 0;
    process_result_destroy(&r);
    return wrong;
}

TEST(no_niceness_is_too_much)
{
    expect_zero_in_a_fork(be_nicer_than_possible);
}

/* ---- Streams that are not there ---- */

static unsigned closed_streams; /* a bit for each, in the child that is forked next */

static int is_wrong(const char *const argv[], struct process_options o, const char *expected)
{
    struct process_result r;
    int wrong = process_run(argv, &o, &r) != 0 || strcmp(r.out, expected) != 0;

    process_result_destroy(&r);
    return wrong;
}

static int run_without_some_streams(void)
{
    struct process_options in_and_out = {.input = "in ",
                                         .input_size = 3,
                                         .stdout_to = PROCESS_PIPE,
                                         .stderr_to = PROCESS_STDOUT};
    struct process_options out = {.stdout_to = PROCESS_PIPE};
    int wrong;

    for (int i = 0; i < 3; i++)
        if ((closed_streams >> i & 1) != 0)
            close(i);
    wrong = is_wrong(SH("cat; echo err >&2"), in_and_out, "in err\n");
    wrong |= is_wrong(SH("for i in 0 1 2; do test -e /proc/$$/fd/$i || echo none; done"), out, "");
    if ((closed_streams & 1) != 0)
        wrong |= is_wrong(PROCESS_ARGV("readlink", "/proc/self/fd/0"), out, "/dev/null\n") << 1;
    if ((closed_streams & 4) != 0)
        wrong |= is_wrong(PROCESS_ARGV("readlink", "/proc/self/fd/2"), out, "/dev/null\n") << 1;
    for (int i = 0; i < 3; i++)
        if ((fcntl(i, F_GETFD) < 0) != (closed_streams >> i & 1))
            wrong |= 4; /* something is left there, or gone */
    return wrong;
}

TEST(any_of_our_streams_may_be_closed)
{
    for (closed_streams = 0; closed_streams < 8; closed_streams++)
        expect_zero_in_a_fork(run_without_some_streams);
}

/* ---- Namespaces ---- */

static int have_no_proc(void)
{
    if (unshare(CLONE_NEWNS | (getuid() != 0 ? CLONE_NEWUSER : 0)) != 0 ||
        mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0)
        return -1;
    return mount("none", "/proc", "tmpfs", 0, NULL);
}

static int refuse_what_takes_proc(void)
{
    struct process_result r;
    int wrong;

    if (have_no_proc() != 0)
        return 0; /* not allowed here */
    wrong = PROCESS_RUN(&r, PROCESS_ARGV("true"), .end_tree = true) != ENOSYS ||
            r.stage != PROCESS_AT_LIMITS;
    process_result_destroy(&r);
    return wrong;
}

TEST(without_proc_a_tree_cannot_be_ended_and_that_is_said)
{
    skip_under_valgrind();
    expect_zero_in_a_fork(refuse_what_takes_proc);
}

/* Descriptors are closed, though nothing lists them. */
static int run_without_proc(void)
{
    struct process_result r;
    int wrong;

    if (have_no_proc() != 0)
        return 0; /* not allowed here */
    if (dup2(open("/dev/null", O_RDONLY), 99) != 99)
        return 77;
    wrong = PROCESS_RUN(&r, SH("cat; (: <&99) 2>&- && echo open; exit 3"), .input = "in",
                        .input_size = 2, .capture_output = true, .new_group = true,
                        .end_group = true, .timeout_ms = 600000) != 0 ||
            strcmp(r.out, "in") != 0 || r.returncode != 3;
    process_result_destroy(&r);
    return wrong;
}

TEST(all_else_is_done_without_proc)
{
    skip_under_valgrind();
    expect_zero_in_a_fork(run_without_proc);
}

/* Not the program is missing. */
static int run_without_devices(void)
{
    struct process_result r;
    int wrong;

    if (have_no_proc() != 0 || mount("none", "/dev", "tmpfs", 0, NULL) != 0)
        return 0; /* not allowed here */
    wrong = PROCESS_RUN(&r, PROCESS_ARGV("true"), .stdin_from = PROCESS_DEVNULL) != ENOENT ||
            r.stage != PROCESS_AT_STREAMS || strstr(r.message, "file '/dev/null': No such") == NULL;
    process_result_destroy(&r);
    wrong |= PROCESS_RUN(&r, PROCESS_ARGV("true"), .stdin_from = PROCESS_TERMINAL) != ENOENT ||
             strstr(r.message, "file '/dev/ptmx': No such") == NULL;
    process_result_destroy(&r);
    return wrong;
}

TEST(a_device_that_is_missing_is_named)
{
    skip_under_valgrind();
    expect_zero_in_a_fork(run_without_devices);
}

/* Where the child lives, our number is none: it says 0. */
static int bind_one_in_another_namespace(void)
{
    struct process_result r;
    int wrong;

    if (unshare(CLONE_NEWPID | (getuid() != 0 ? CLONE_NEWUSER : 0)) != 0)
        return 0; /* not allowed here */
    wrong = PROCESS_RUN(&r, PROCESS_ARGV("true"), .death_signal = SIGKILL) != 0;
    process_result_destroy(&r);
    return wrong;
}

TEST(a_child_in_another_namespace_may_be_bound_to_us)
{
    skip_under_valgrind();
    expect_zero_in_a_fork(bind_one_in_another_namespace);
}

/* ---- The tree below ---- */

/* Whether the process looks dead: its first thread has ended. */
static bool looks_dead(void)
{
    char line[256] = "";
    FILE *from = fopen("/proc/self/stat", "r");

    if (from != NULL && fgets(line, sizeof line, from) == NULL)
        line[0] = '\0';
    if (from != NULL)
        fclose(from);
    return strstr(line, ") Z ") != NULL;
}

static void *live_on(void *unused)
{
    const struct timespec nap = {.tv_nsec = 1000000};

    while (!looks_dead())
        nanosleep(&nap, NULL);
    if (write(STDOUT_FILENO, "up\n", 3) != 3)
        exit(1);
    for (;;)
        pause();
    return unused;
}

static int be_without_first_thread(void)
{
    pthread_t other;

    if (setsid() < 0 || pthread_create(&other, NULL, live_on, NULL) != 0)
        return 1;
    pthread_exit(NULL);
}

TEST(a_process_whose_first_thread_has_ended_is_ended_with_the_tree)
{
    char self[256] = "", fifo[64], c;
    struct pollfd fd = {.events = POLLIN};
    bool up = false;

    skip_under_valgrind();
    assert_true(readlink("/proc/self/exe", self, sizeof self - 1) > 0);
    snprintf(fifo, sizeof fifo, "%s/fifo", folder);
    assert_int_equal(mkfifo(fifo, 0600), 0);
    fd.fd = open(fifo, O_RDONLY | O_NONBLOCK);
    alarm(HANG_SECONDS);
    for (int64_t ms = 50; !up; ms *= 2) {
        process_result_destroy(&result);
        assert_int_equal(PROCESS_RUN(&result,
                                     PROCESS_ARGV("sh", "-c",
                                                  "exec 9>\"$1\"; \"$0\" first-ends & wait; wait",
                                                  self, fifo),
                                     .stdout_to = PROCESS_PIPE, .end_tree = true, .timeout_ms = ms),
                         ETIMEDOUT);
        up = strcmp(result.out, "up\n") == 0;
    }
    assert_int_equal(poll(&fd, 1, HANG_SECONDS * 1000), 1);
    assert_int_equal(read(fd.fd, &c, 1), 0); /* nobody holds it any more */
    alarm(0);
    close(fd.fd);
    unlink(fifo);
}

/* As nobody, with a grandchild that runs as root: each look at it would be a nap. */
static int end_around_one_of_root(void)
{
    struct process p;
    struct rusage before, after;
    char tool[64], said[5];
    int fds[2], status = 0;

    snprintf(tool, sizeof tool, "%s/rooted", folder);
    if (pipe2(fds, O_CLOEXEC) != 0 || setgroups(0, NULL) != 0 || setgid(65534) != 0 ||
        setuid(65534) != 0 ||
        PROCESS_START(&p, PROCESS_ARGV("sh", "-c", "exec 9<&0; \"$0\" be-root <&9 & wait", tool),
                      .stdin_from = PROCESS_FD, .stdin_fd = fds[0], .stdout_to = PROCESS_PIPE,
                      .end_tree = true) != 0)
        return 1;
    if (read(p.stdout_fd, said, 5) == 5) { /* else it cannot be root here */
        getrusage(RUSAGE_SELF, &before);
        status = process_stop(&p, 0, NULL) != 0;
        getrusage(RUSAGE_SELF, &after);
        if (after.ru_nvcsw - before.ru_nvcsw > 500)
            status = 2;
    }
    process_destroy(&p);
    close(fds[1]); /* it ends by itself */
    return status;
}

static int be_root(void)
{
    char byte;

    if (setresuid(0, 0, 0) != 0 || setsid() < 0 || write(STDOUT_FILENO, "root\n", 5) != 5)
        return 1;
    while (read(STDIN_FILENO, &byte, 1) > 0)
        ;
    return 0;
}

TEST(nobody_waits_for_a_grandchild_that_may_not_be_killed)
{
    char self[256] = "", tool[64];

    skip_under_valgrind();
    if (getuid() != 0)
        skip();
    assert_true(readlink("/proc/self/exe", self, sizeof self - 1) > 0);
    snprintf(tool, sizeof tool, "%s/rooted", folder);
    assert_int_equal(PROCESS_RUN(&result, PROCESS_ARGV("cp", self, tool), .check = true), 0);
    assert_int_equal(chmod(tool, 04755), 0);
    expect_zero_in_a_fork(end_around_one_of_root);
    unlink(tool);
}

/*
 * As many mappings as the kernel allows a process make its fork slow, and it does little
 * else: whenever a signal comes, a child is on its way that is on no list yet. Those from
 * before are ended, but the last.
 */
static int fork_again_and_again(void)
{
    enum { PAGES = 60000 };
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    char *memory = mmap(NULL, PAGES * page, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    if (memory == MAP_FAILED || signal(SIGCHLD, SIG_IGN) == SIG_ERR)
        return 1;
    for (size_t i = 0; i < PAGES && mprotect(memory + i * page, page, PROT_READ) == 0; i += 2)
        ;
    for (pid_t last = 0, pid = fork(); pid >= 0; last = pid, pid = fork()) {
        if (pid == 0) {
            alarm(HANG_SECONDS);
            pause();
        }
        if (last != 0)
            kill(last, SIGKILL);
        else if (write(STDOUT_FILENO, "up\n", 3) != 3)
            break;
    }
    return 1;
}

static void start_one_that_forks(struct process *p, const char *script, int *copy)
{
    char self[256] = "", said[3];

    assert_true(readlink("/proc/self/exe", self, sizeof self - 1) > 0);
    alarm(HANG_SECONDS);
    assert_int_equal(PROCESS_START(p, PROCESS_ARGV("sh", "-c", script, self),
                                   .stdout_to = PROCESS_PIPE, .end_tree = true),
                     0);
    *copy = fcntl(p->stdout_fd, F_DUPFD_CLOEXEC, 0);
    assert_true(*copy >= 0);
    assert_int_equal(read(*copy, said, 3), 3);
}

static void expect_end_of_all(int copy)
{
    char c;

    assert_int_equal(read(copy, &c, 1), 0); /* nobody has the other end any more */
    close(copy);
    alarm(0);
}

TEST(a_fork_that_is_under_way_when_the_end_comes_ends_as_well)
{
    struct process p;
    int copy;

    skip_under_valgrind();
    start_one_that_forks(&p, "exec \"$0\" forks", &copy);
    process_destroy(&p);
    expect_end_of_all(copy);
    start_one_that_forks(&p, "exec \"$0\" forks", &copy);
    assert_int_equal(process_stop(&p, 600000, NULL), 0);
    process_destroy(&p);
    expect_end_of_all(copy);
    start_one_that_forks(&p, "\"$0\" forks & wait", &copy); /* when its parent has ended */
    assert_int_equal(process_stop(&p, 600000, NULL), 0);
    process_destroy(&p);
    expect_end_of_all(copy);
}

int main(int argc, char *argv[])
{
    struct process_result r;
    int failed;

    if (argc > 1 && strcmp(argv[1], "first-ends") == 0)
        return be_without_first_thread();
    if (argc > 1 && strcmp(argv[1], "forks") == 0)
        return fork_again_and_again();
    if (argc > 1 && strcmp(argv[1], "be-root") == 0)
        return be_root();
    if (mkdtemp(folder) == NULL || chmod(folder, 0755) != 0)
        return 1;
    failed = run_in_each_mode();
    failed += PROCESS_RUN(&r, PROCESS_ARGV("rm", "-r", folder), .check = true) != 0;
    process_result_destroy(&r);
    return failed;
}
