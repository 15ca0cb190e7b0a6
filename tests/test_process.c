/* lib/process through its header only. Each test's name is the claim. */
#define _GNU_SOURCE /* pipe2 */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "lib/process.h"

/* Valgrind makes vfork a fork, so that exec's error cannot come back. */
static bool under_valgrind(void)
{
    const char *preloaded = getenv("LD_PRELOAD");

    return preloaded != NULL && strstr(preloaded, "vgpreload") != NULL;
}

#define SH(script) PROCESS_ARGV("sh", "-c", script)

static struct process_result result;
static int descriptors_before;

static int open_descriptors(void)
{
    DIR *dir = opendir("/proc/self/fd");
    int count = 0;

    assert_non_null(dir);
    while (readdir(dir) != NULL)
        count++;
    closedir(dir);
    return count;
}

static int64_t now_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Every test begins and ends with the same descriptors and without a child. */
static int setup(void **state)
{
    (void)state;
    descriptors_before = open_descriptors();
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    process_result_destroy(&result);
    assert_int_equal(open_descriptors(), descriptors_before);
    assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
    assert_int_equal(errno, ECHILD);
    return 0;
}

/* ---- What comes back ---- */

static void output_and_errors_are_captured_apart(void **state)
{
    (void)state;
    assert_int_equal(PROCESS_RUN(&result, SH("echo out; echo err >&2"), .capture_output = true), 0);
    assert_int_equal(result.returncode, 0);
    assert_string_equal(result.out, "out\n");
    assert_int_equal(result.out_size, 4);
    assert_string_equal(result.err, "err\n");
    assert_int_equal(result.err_size, 4);
    assert_string_equal(result.message, "");
}

static void output_is_bytes_with_a_nul_after_them(void **state)
{
    (void)state;
    assert_int_equal(PROCESS_RUN(&result, PROCESS_ARGV("printf", "a\\000b"), .capture_output = true), 0);
    assert_int_equal(result.out_size, 3);
    assert_memory_equal(result.out, "a\0b", 4);
}

static void nothing_captured_is_an_empty_string(void **state)
{
    (void)state;
    assert_int_equal(PROCESS_RUN(&result, PROCESS_ARGV("true")), 0);
    assert_string_equal(result.out, "");
    assert_string_equal(result.err, "");
    assert_int_equal(result.out_size + result.err_size, 0);
}

static void strings_are_there_when_nothing_was_started(void **state)
{
    (void)state;
    if (under_valgrind())
        skip();
    assert_int_equal(PROCESS_RUN(&result, PROCESS_ARGV("/no/such/program")), ENOENT);
    assert_string_equal(result.out, "");
    assert_string_equal(result.err, "");
    assert_string_equal(result.message, "Command '['/no/such/program']' could not be run: No such file or directory");
}

static void default_options_are_a_null_pointer(void **state)
{
    (void)state;
    assert_int_equal(process_run(SH("exit 3"), NULL, &result), 0);
    assert_int_equal(result.returncode, 3);
}

static void a_signal_is_negative_and_never_mistaken_for_an_exit_status(void **state)
{
    (void)state;
    assert_int_equal(PROCESS_RUN(&result, SH("kill -KILL $$")), 0);
    assert_int_equal(result.returncode, -SIGKILL);
    process_result_destroy(&result);
    assert_int_equal(PROCESS_RUN(&result, SH("exit 137")), 0);
    assert_int_equal(result.returncode, 137);
}

static void a_result_may_be_destroyed_twice(void **state)
{
    (void)state;
    assert_int_equal(PROCESS_RUN(&result, SH("exit 1"), .check = true), EPROTO);
    process_result_destroy(&result);
    process_result_destroy(&result);
    assert_string_equal(result.message, "");
}

/* ---- Starting ---- */

static void a_child_that_fails_to_exec_reports_errno_from_spawn(void **state)
{
    (void)state;
    if (under_valgrind())
        skip();
    assert_int_equal(PROCESS_RUN(&result, PROCESS_ARGV("no-such-program-anywhere")), ENOENT);
    process_result_destroy(&result);
    assert_int_equal(PROCESS_RUN(&result, PROCESS_ARGV("")), ENOENT);
    process_result_destroy(&result);
    assert_int_equal(PROCESS_RUN(&result, PROCESS_ARGV("/etc/passwd")), EACCES);
    process_result_destroy(&result);
    assert_int_equal(PROCESS_RUN(&result, PROCESS_ARGV("true"), .cwd = "/no/such/place"), ENOENT);
    process_result_destroy(&result);
    assert_int_equal(PROCESS_RUN(&result, PROCESS_ARGV("true"), .cwd = "/etc/passwd"), ENOTDIR);
    process_result_destroy(&result);
    assert_int_equal(PROCESS_RUN(&result, PROCESS_ARGV("nope"), .capture_output = true, .input = "x", .input_size = 1),
                     ENOENT);
}

static void contradictory_options_are_einval(void **state)
{
    static const char *const nothing[] = {NULL};
    static const struct process_options bad[] = {
        {.timeout_ms = -1},
        {.input_size = 1},
        {.input = "x", .input_size = 1, .stdin_from = PROCESS_DEVNULL},
        {.stdin_from = PROCESS_STDOUT},
        {.stdout_to = PROCESS_STDOUT},
        {.capture_output = true, .stdout_to = PROCESS_DEVNULL},
        {.capture_output = true, .stderr_to = PROCESS_STDOUT},
        {.end_group = true},
    };

    (void)state;
    assert_int_equal(process_run(NULL, NULL, &result), EINVAL);
    process_result_destroy(&result);
    assert_int_equal(process_run(nothing, NULL, &result), EINVAL);
    process_result_destroy(&result);
    assert_int_equal(process_run(PROCESS_ARGV("true"), NULL, NULL), EINVAL);
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        assert_int_equal(process_run(PROCESS_ARGV("true"), &bad[i], &result), EINVAL);
        assert_string_equal(result.out, "");
        assert_true(strlen(result.message) > 0);
        process_result_destroy(&result);
    }
}

static void the_child_runs_in_its_own_directory_and_is_looked_up_there(void **state)
{
    (void)state;
    assert_int_equal(PROCESS_RUN(&result, PROCESS_ARGV("./pwd"), .cwd = "/bin", .capture_output = true,
                                 .env = PROCESS_ARGV("A=b")), 0);
    assert_true(strcmp(result.out, "/bin\n") == 0 || strcmp(result.out, "/usr/bin\n") == 0);
}

static void the_environment_is_replaced_not_extended(void **state)
{
    (void)state;
    assert_int_equal(PROCESS_RUN(&result, PROCESS_ARGV("env"), .env = PROCESS_ARGV("A=b", "C=d e"),
                                 .capture_output = true), 0);
    assert_string_equal(result.out, "A=b\nC=d e\n");
    process_result_destroy(&result);
    assert_int_equal(PROCESS_RUN(&result, PROCESS_ARGV("env"), .env = (const char *const[]){NULL},
                                 .capture_output = true), 0);
    assert_string_equal(result.out, "");
}

static void words_reach_the_child_as_they_are(void **state)
{
    (void)state;
    assert_int_equal(PROCESS_RUN(&result, PROCESS_ARGV("printf", "[%s]", "a b", "", "$HOME;*", "'\""),
                                 .capture_output = true), 0);
    assert_string_equal(result.out, "[a b][][$HOME;*]['\"]");
}

static void the_child_has_no_descriptor_above_two(void **state)
{
    int null = open("/dev/null", O_RDONLY);
    int leak = fcntl(null, F_DUPFD, 10); /* without the mark */

    (void)state;
    close(null);
    assert_true(leak >= 10);
    assert_int_equal(PROCESS_RUN(&result, SH("ls /proc/$$/fd"), .capture_output = true,
                                 .stdin_from = PROCESS_DEVNULL), 0);
    close(leak);
    assert_string_equal(result.out, "0\n1\n2\n");
}

static uint64_t status_set(const char *status, const char *name)
{
    const char *at = strstr(status, name);

    assert_non_null(at);
    return strtoull(at + strlen(name), NULL, 16);
}

static void the_child_starts_with_an_empty_mask_and_default_signals(void **state)
{
    const uint64_t reserved = (UINT64_C(1) << 31) | (UINT64_C(1) << 32); /* 32, 33: the C library's own */
    struct sigaction ignore = {.sa_handler = SIG_IGN}, pipe_before, hup_before;
    sigset_t block, before;

    (void)state;
    sigemptyset(&block);
    sigaddset(&block, SIGTERM);
    sigaddset(&block, SIGUSR1);
    pthread_sigmask(SIG_BLOCK, &block, &before);
    sigaction(SIGPIPE, &ignore, &pipe_before);
    sigaction(SIGHUP, &ignore, &hup_before);
    assert_int_equal(PROCESS_RUN(&result, PROCESS_ARGV("cat", "/proc/self/status"), .capture_output = true), 0);
    sigaction(SIGPIPE, &pipe_before, NULL);
    sigaction(SIGHUP, &hup_before, NULL);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    assert_int_equal(status_set(result.out, "SigBlk:"), 0);
    assert_int_equal(status_set(result.out, "SigIgn:") & ~reserved, 0);
}

/* ---- Streams ---- */

static void errors_can_follow_the_output_in_order(void **state)
{
    (void)state;
    assert_int_equal(PROCESS_RUN(&result, SH("echo 1; echo 2 >&2; echo 3"), .stdout_to = PROCESS_PIPE,
                                 .stderr_to = PROCESS_STDOUT), 0);
    assert_string_equal(result.out, "1\n2\n3\n");
    assert_string_equal(result.err, "");
}

static void one_stream_may_be_captured_and_the_other_thrown_away(void **state)
{
    (void)state;
    assert_int_equal(PROCESS_RUN(&result, SH("echo out; echo err >&2"), .stdout_to = PROCESS_DEVNULL,
                                 .stderr_to = PROCESS_PIPE), 0);
    assert_string_equal(result.out, "");
    assert_string_equal(result.err, "err\n");
}

static void an_empty_input_is_at_its_end_at_once(void **state)
{
    const struct process_options empty[] = {
        {.input = "", .capture_output = true},
        {.stdin_from = PROCESS_PIPE, .capture_output = true},
        {.stdin_from = PROCESS_DEVNULL, .capture_output = true},
        {.input = "x", .stdin_from = PROCESS_PIPE, .capture_output = true},
    };

    (void)state;
    for (size_t i = 0; i < sizeof empty / sizeof empty[0]; i++) {
        assert_int_equal(process_run(PROCESS_ARGV("cat"), &empty[i], &result), 0);
        assert_string_equal(result.out, "");
        process_result_destroy(&result);
    }
}

static void input_and_output_far_beyond_a_pipe_do_not_deadlock(void **state)
{
    size_t size = (8 << 20) + 7;
    char *data = malloc(size);

    (void)state;
    assert_non_null(data);
    for (size_t i = 0; i < size; i++)
        data[i] = (char)(i * 2654435761u >> 13);
    assert_int_equal(PROCESS_RUN(&result, SH("tee /dev/stderr"), .input = data, .input_size = size,
                                 .capture_output = true), 0);
    assert_int_equal(result.out_size, size);
    assert_memory_equal(result.out, data, size);
    assert_int_equal(result.err_size, size);
    assert_memory_equal(result.err, data, size);
    free(data);
}

static void a_child_that_leaves_its_input_unread_is_no_error(void **state)
{
    size_t size = 1 << 20;
    char *data = calloc(1, size);
    struct sigaction action;
    sigset_t pending;

    (void)state;
    sigaction(SIGPIPE, NULL, &action);
    assert_true(action.sa_handler == SIG_DFL);
    assert_int_equal(PROCESS_RUN(&result, SH("exec <&-; echo bye; sleep 0.1; exit 4"), .input = data,
                                 .input_size = size, .capture_output = true), 0);
    free(data);
    assert_int_equal(result.returncode, 4);
    assert_string_equal(result.out, "bye\n");
    sigaction(SIGPIPE, NULL, &action);
    assert_true(action.sa_handler == SIG_DFL);
    sigpending(&pending);
    assert_false(sigismember(&pending, SIGPIPE));
}

static void a_sigpipe_that_was_pending_before_stays_pending(void **state)
{
    const struct timespec at_once = {0, 0};
    sigset_t broken_pipe, before, after, pending;
    char *data = calloc(1, 1 << 20);

    (void)state;
    sigemptyset(&broken_pipe);
    sigaddset(&broken_pipe, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &broken_pipe, &before);
    raise(SIGPIPE);
    assert_int_equal(PROCESS_RUN(&result, SH("exec <&-; sleep 0.1"), .input = data, .input_size = 1 << 20), 0);
    free(data);
    sigpending(&pending);
    assert_true(sigismember(&pending, SIGPIPE));
    assert_int_equal(sigtimedwait(&broken_pipe, NULL, &at_once), SIGPIPE);
    pthread_sigmask(SIG_SETMASK, NULL, &after);
    assert_true(sigismember(&after, SIGPIPE));
    pthread_sigmask(SIG_SETMASK, &before, NULL);
}

/* Runs in a child of the test: with 0, 1 and 2 closed, are the streams right? */
static int run_without_standard_streams(void)
{
    struct process_result r;
    int status = 0;

    close(0);
    close(1);
    close(2);
    if (PROCESS_RUN(&r, SH("cat; echo err >&2"), .input = "in", .input_size = 2, .capture_output = true) != 0)
        status = 1;
    else if (strcmp(r.out, "in") != 0 || strcmp(r.err, "err\n") != 0)
        status = 2;
    process_result_destroy(&r);
    if (PROCESS_RUN(&r, SH("echo x"), .stdin_from = PROCESS_DEVNULL, .stdout_to = PROCESS_PIPE,
                    .stderr_to = PROCESS_DEVNULL) != 0 || strcmp(r.out, "x\n") != 0)
        status = 3;
    process_result_destroy(&r);
    if (PROCESS_RUN(&r, SH("echo out; echo err >&2"), .stdout_to = PROCESS_DEVNULL,
                    .stderr_to = PROCESS_PIPE) != 0 || strcmp(r.err, "err\n") != 0)
        status = 4; /* its pipe was overwritten on the way to 2 */
    process_result_destroy(&r);
    if (open("/dev/null", O_RDONLY) != 0)
        status = 5; /* something was left on 0 */
    return status;
}

static void expect_zero_in_a_fork(int (*run)(void))
{
    pid_t pid = fork();
    int status;

    if (pid == 0)
        _exit(run());
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
}

static void the_parents_own_streams_may_be_closed(void **state)
{
    (void)state;
    expect_zero_in_a_fork(run_without_standard_streams);
}

/* ---- Limits ---- */

static void a_time_out_kills_reaps_and_keeps_what_was_printed(void **state)
{
    int64_t start = now_ms();

    (void)state;
    assert_int_equal(PROCESS_RUN(&result, SH("echo partial; echo why >&2; exec sleep 60"), .timeout_ms = 300,
                                 .capture_output = true), ETIMEDOUT);
    assert_true(now_ms() - start >= 299);
    assert_true(now_ms() - start < 20000);
    assert_int_equal(result.returncode, -SIGKILL);
    assert_string_equal(result.out, "partial\n");
    assert_string_equal(result.err, "why\n");
}

static void a_time_out_also_ends_a_child_that_never_stops_printing(void **state)
{
    (void)state;
    assert_int_equal(PROCESS_RUN(&result, PROCESS_ARGV("yes"), .timeout_ms = 50, .stdout_to = PROCESS_PIPE),
                     ETIMEDOUT);
    assert_true(result.out_size > 0);
    assert_int_equal(result.out[0], 'y');
    assert_int_equal(result.out[result.out_size], '\0');
}

static void a_time_out_also_ends_a_child_that_never_reads(void **state)
{
    char *data = calloc(1, 1 << 20);

    (void)state;
    assert_int_equal(PROCESS_RUN(&result, PROCESS_ARGV("sleep", "60"), .timeout_ms = 50, .input = data,
                                 .input_size = 1 << 20), ETIMEDOUT);
    free(data);
}

static void a_time_out_does_not_wait_for_a_grandchild_with_the_pipe(void **state)
{
    int64_t start = now_ms();

    (void)state;
    assert_int_equal(PROCESS_RUN(&result, SH("sleep 20 & echo started"), .timeout_ms = 300,
                                 .capture_output = true), ETIMEDOUT);
    assert_true(now_ms() - start < 15000);
    assert_int_equal(result.returncode, 0); /* the child itself was done */
    assert_string_equal(result.out, "started\n");
}

/* A fifo whose writers have all gone is at its end: so we see a grandchild die. */
static void expect_no_writer_is_left(int fifo)
{
    struct pollfd fd = {.fd = fifo, .events = POLLIN};

    assert_int_equal(poll(&fd, 1, 10000), 1);
    assert_int_equal(fd.revents & (POLLIN | POLLHUP), POLLHUP);
}

static char fifo_path[64];

static int open_fifo(void)
{
    char dir[] = "/tmp/test-process-XXXXXX";
    int fifo;

    assert_non_null(mkdtemp(dir));
    snprintf(fifo_path, sizeof fifo_path, "%s/fifo", dir);
    assert_int_equal(mkfifo(fifo_path, 0600), 0);
    fifo = open(fifo_path, O_RDONLY | O_NONBLOCK);
    assert_true(fifo >= 0);
    return fifo;
}

static void close_fifo(int fifo)
{
    close(fifo);
    unlink(fifo_path);
    *strrchr(fifo_path, '/') = '\0';
    rmdir(fifo_path);
}

static void a_time_out_ends_the_whole_group(void **state)
{
    int fifo = open_fifo();

    (void)state;
    assert_int_equal(PROCESS_RUN(&result,
                                 PROCESS_ARGV("sh", "-c", "exec 9>\"$0\"; sleep 60 & echo up; wait", fifo_path),
                                 .timeout_ms = 300, .capture_output = true, .new_group = true), ETIMEDOUT);
    assert_string_equal(result.out, "up\n");
    expect_no_writer_is_left(fifo);
    close_fifo(fifo);
}

static void end_group_ends_what_the_child_left_and_does_not_wait_for_it(void **state)
{
    int fifo = open_fifo();
    int64_t start = now_ms();

    (void)state;
    assert_int_equal(PROCESS_RUN(&result, PROCESS_ARGV("sh", "-c", "exec 9>\"$0\"; sleep 60 & echo up", fifo_path),
                                 .capture_output = true, .new_group = true, .end_group = true), 0);
    assert_true(now_ms() - start < 15000);
    assert_int_equal(result.returncode, 0);
    assert_string_equal(result.out, "up\n");
    expect_no_writer_is_left(fifo);
    close_fifo(fifo);
}

static void end_group_takes_all_that_the_child_itself_printed(void **state)
{
    (void)state;
    assert_int_equal(PROCESS_RUN(&result, SH("sleep 60 & head -c 300000 /dev/zero; head -c 60000 /dev/zero >&2"),
                                 .capture_output = true, .new_group = true, .end_group = true), 0);
    assert_int_equal(result.out_size, 300000);
    assert_int_equal(result.err_size, 60000);
}

/*
 * The child stops us, fills the pipe, ends, and has us continued: its end and
 * its output are then seen at once, and one read does not take all of it.
 */
#define STOP_FILL_AND_END                                                            \
    SH("(sleep 0.3; kill -CONT $PPID; sleep 60) & kill -STOP $PPID; head -c 65536 /dev/zero")

static int find_a_full_pipe(void)
{
    struct process_result r;
    int err = PROCESS_RUN(&r, STOP_FILL_AND_END, .stdout_to = PROCESS_PIPE, .new_group = true, .end_group = true);
    int status = err != 0 ? 1 : r.out_size != 65536 ? 2 : 0;

    process_result_destroy(&r);
    return status;
}

static int find_a_pipe_too_full(void)
{
    struct process_result r;
    int err = PROCESS_RUN(&r, STOP_FILL_AND_END, .stdout_to = PROCESS_PIPE, .new_group = true, .end_group = true,
                          .output_limit = 65535);
    int status = err != EFBIG ? 1 : r.out_size != 65535 ? 2 : 0;

    process_result_destroy(&r);
    return status;
}

static void what_is_in_the_pipe_when_the_child_has_ended_is_taken(void **state)
{
    (void)state;
    expect_zero_in_a_fork(find_a_full_pipe);
    expect_zero_in_a_fork(find_a_pipe_too_full);
}

static void waiting_costs_no_processor_time(void **state)
{
    struct rusage before, after;
    int64_t used_us;

    (void)state;
    getrusage(RUSAGE_SELF, &before);
    assert_int_equal(PROCESS_RUN(&result, SH("sleep 0.5 &"), .capture_output = true), 0);
    getrusage(RUSAGE_SELF, &after);
    used_us = (after.ru_utime.tv_sec - before.ru_utime.tv_sec + after.ru_stime.tv_sec - before.ru_stime.tv_sec) *
                  INT64_C(1000000) +
              after.ru_utime.tv_usec - before.ru_utime.tv_usec + after.ru_stime.tv_usec - before.ru_stime.tv_usec;
    assert_true(used_us < 200000);
}

static void end_group_does_not_wait_for_one_that_left_the_group(void **state)
{
    int64_t start = now_ms();

    (void)state;
    assert_int_equal(PROCESS_RUN(&result, SH("setsid sleep 20 & echo up; sleep 0.2"), .capture_output = true,
                                 .new_group = true, .end_group = true), 0);
    assert_true(now_ms() - start < 15000);
    assert_string_equal(result.out, "up\n");
}

static void without_end_group_late_output_of_a_grandchild_is_awaited(void **state)
{
    (void)state;
    assert_int_equal(PROCESS_RUN(&result, SH("(sleep 0.2; echo late) & echo early"), .capture_output = true), 0);
    assert_string_equal(result.out, "early\nlate\n");
}

static void the_end_is_seen_although_a_grandchild_lives_on(void **state)
{
    int64_t start = now_ms();

    (void)state;
    assert_int_equal(PROCESS_RUN(&result, SH("sleep 20 & exit 5"), .stdout_to = PROCESS_DEVNULL,
                                 .stderr_to = PROCESS_DEVNULL), 0);
    assert_true(now_ms() - start < 15000);
    assert_int_equal(result.returncode, 5);
}

static void a_child_that_closed_its_streams_is_still_waited_for(void **state)
{
    (void)state;
    assert_int_equal(PROCESS_RUN(&result, SH("exec >&- 2>&-; sleep 0.2; exit 6"), .capture_output = true), 0);
    assert_int_equal(result.returncode, 6);
}

static void a_time_limit_of_all_time_does_not_overflow(void **state)
{
    (void)state;
    assert_int_equal(PROCESS_RUN(&result, PROCESS_ARGV("true"), .timeout_ms = INT64_MAX), 0);
    process_result_destroy(&result);
    assert_int_equal(PROCESS_RUN(&result, PROCESS_ARGV("true"), .timeout_ms = INT64_MAX / 2000000), 0);
}

static void output_beyond_the_limit_is_efbig_and_cut_there(void **state)
{
    (void)state;
    assert_int_equal(PROCESS_RUN(&result, PROCESS_ARGV("yes"), .output_limit = 5, .capture_output = true), EFBIG);
    assert_string_equal(result.out, "y\ny\ny");
    assert_int_equal(result.out_size, 5);
    assert_true(result.returncode == -SIGKILL || result.returncode == -SIGPIPE);
    assert_string_equal(result.message, "Command '['yes']' printed more than 5 bytes");
}

static void output_of_just_the_limit_is_fine(void **state)
{
    (void)state;
    assert_int_equal(PROCESS_RUN(&result, PROCESS_ARGV("echo", "1234"), .output_limit = 5, .capture_output = true),
                     0);
    assert_string_equal(result.out, "1234\n");
}

static void the_limit_holds_for_what_end_group_finds_in_the_pipe(void **state)
{
    (void)state;
    for (int i = 0; i < 20; i++) {
        assert_int_equal(PROCESS_RUN(&result, SH("sleep 60 & echo 123456"), .output_limit = 5,
                                     .capture_output = true, .new_group = true, .end_group = true), EFBIG);
        assert_string_equal(result.out, "12345");
        process_result_destroy(&result);
    }
}

/* ---- Errors in words ---- */

static void a_bad_end_reads_as_in_python(void **state)
{
    (void)state;
    assert_int_equal(PROCESS_RUN(&result, PROCESS_ARGV("test", "-d", "someFolder"), .check = true), EPROTO);
    assert_string_equal(result.message, "Command '['test', '-d', 'someFolder']' returned non-zero exit status 1.");
    process_result_destroy(&result);
    assert_int_equal(PROCESS_RUN(&result, SH("ulimit -c 0; kill -ABRT $$"), .check = true), EPROTO);
    assert_string_equal(result.message,
                        "Command '['sh', '-c', 'ulimit -c 0; kill -ABRT $$']' died with <Signals.SIGABRT: 6>.");
    process_result_destroy(&result);
    assert_int_equal(PROCESS_RUN(&result, SH("kill -40 $$")), 0);
    assert_string_equal(result.message, "Command '['sh', '-c', 'kill -40 $$']' died with unknown signal 40.");
}

static void a_time_out_reads_as_in_python(void **state)
{
    static const struct { int64_t ms; const char *text; } cases[] = {
        {100, "Command '['sleep', '60']' timed out after 0.1 seconds"},
        {1, "Command '['sleep', '60']' timed out after 0.001 seconds"},
        {250, "Command '['sleep', '60']' timed out after 0.25 seconds"},
        {1000, "Command '['sleep', '60']' timed out after 1 seconds"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_int_equal(PROCESS_RUN(&result, PROCESS_ARGV("sleep", "60"), .timeout_ms = cases[i].ms), ETIMEDOUT);
        assert_string_equal(result.message, cases[i].text);
        process_result_destroy(&result);
    }
}

static void words_are_quoted_as_in_python(void **state)
{
    (void)state;
    assert_int_equal(PROCESS_RUN(&result, PROCESS_ARGV("false", "", "a b", "it's", "\"", "'\"", "\\", "\t\n\r\001\177",
                                                       "\xc3\xa9")), 0);
    assert_string_equal(result.message,
                        "Command '['false', '', 'a b', \"it's\", '\"', '\\'\"', '\\\\', '\\t\\n\\r\\x01\\x7f', "
                        "'\xc3\xa9']' returned non-zero exit status 1.");
}

static void a_bad_end_is_no_error_unless_checked(void **state)
{
    (void)state;
    assert_int_equal(PROCESS_RUN(&result, PROCESS_ARGV("false")), 0);
    assert_int_equal(process_check(&result), EPROTO);
    process_result_destroy(&result);
    assert_int_equal(PROCESS_RUN(&result, PROCESS_ARGV("true"), .check = true), 0);
    assert_int_equal(process_check(&result), 0);
}

/* ---- In bad company ---- */

static void on_alarm(int signal)
{
    (void)signal;
}

static void a_storm_of_interrupting_signals_changes_nothing(void **state)
{
    struct itimerval storm = {{0, 5000}, {0, 5000}}, calm = {{0, 0}, {0, 0}};
    struct sigaction action = {.sa_handler = on_alarm}; /* no SA_RESTART */
    size_t size = 1 << 19;
    char *data = calloc(1, size);

    (void)state;
    sigaction(SIGALRM, &action, NULL);
    setitimer(ITIMER_REAL, &storm, NULL);
    assert_int_equal(PROCESS_RUN(&result, SH("for i in 1 2 3; do head -c 100000; sleep 0.1; done; cat; exit 7"),
                                 .input = data, .input_size = size,
                                 .capture_output = true, .timeout_ms = 60000), 0);
    setitimer(ITIMER_REAL, &calm, NULL); /* the handler stays: valgrind delivers late */
    free(data);
    assert_int_equal(result.returncode, 7);
    assert_int_equal(result.out_size, size);
}

static void an_ignored_sigchld_does_not_hang_and_counts_as_zero(void **state)
{
    struct sigaction ignore = {.sa_handler = SIG_IGN}, before;

    (void)state;
    sigaction(SIGCHLD, &ignore, &before);
    assert_int_equal(PROCESS_RUN(&result, SH("echo out; exit 8"), .capture_output = true), 0);
    assert_string_equal(result.out, "out\n");
    assert_int_equal(result.returncode, 0);
    process_result_destroy(&result);
    assert_int_equal(PROCESS_RUN(&result, SH("sleep 60 & sleep 60"), .timeout_ms = 50, .new_group = true), ETIMEDOUT);
    sigaction(SIGCHLD, &before, NULL);
}

/* Fill the table of descriptors but for `free_ones`; returns the old limit. */
static rlim_t leave_descriptors(int free_ones)
{
    int null = open("/dev/null", O_RDONLY);
    int lowest = fcntl(null, F_DUPFD_CLOEXEC, 3);
    struct rlimit limit;
    rlim_t before;

    close(null);
    close(lowest);
    if (null > 2 && null < lowest)
        lowest = null;
    getrlimit(RLIMIT_NOFILE, &limit);
    before = limit.rlim_cur;
    limit.rlim_cur = (rlim_t)(lowest + free_ones);
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &limit), 0);
    return before;
}

static void restore_descriptors(rlim_t before)
{
    struct rlimit limit;

    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = before;
    setrlimit(RLIMIT_NOFILE, &limit);
}

static void the_end_is_seen_without_a_descriptor_to_spare(void **state)
{
    int filler[20];
    rlim_t before;
    int err;

    (void)state;
    for (int i = 0; i < 20; i++) /* the child needs room: it has the same limit, but none of these */
        filler[i] = open("/dev/null", O_RDONLY | O_CLOEXEC);
    before = leave_descriptors(0);
    err = PROCESS_RUN(&result, SH("sleep 0.1; exit 9"));
    restore_descriptors(before);
    assert_int_equal(err, 0);
    assert_int_equal(result.returncode, 9);
    process_result_destroy(&result);
    before = leave_descriptors(0);
    err = PROCESS_RUN(&result, PROCESS_ARGV("sleep", "60"), .timeout_ms = 100);
    restore_descriptors(before);
    assert_int_equal(err, ETIMEDOUT);
    for (int i = 0; i < 20; i++)
        close(filler[i]);
}

static void too_few_descriptors_is_emfile_and_nothing_leaks(void **state)
{
    (void)state;
    for (int spare = 0; spare < 6; spare++) {
        rlim_t before = leave_descriptors(spare);
        int err = PROCESS_RUN(&result, PROCESS_ARGV("true"), .capture_output = true, .input = "x", .input_size = 1);

        restore_descriptors(before);
        assert_int_equal(err, EMFILE);
        process_result_destroy(&result);
        assert_int_equal(open_descriptors(), descriptors_before);
    }
}

enum { THREADS = 8, RUNS = 25 };

static void *run_many(void *arg)
{
    int number = *(int *)arg;
    char text[32];
    intptr_t wrong = 0;

    snprintf(text, sizeof text, "thread %d", number);
    for (int i = 0; i < RUNS; i++) {
        struct process_result r;
        int err = PROCESS_RUN(&r, PROCESS_ARGV("cat"), .input = text, .input_size = strlen(text),
                              .capture_output = true, .timeout_ms = 120000);

        wrong += err != 0 || r.returncode != 0 || strcmp(r.out, text) != 0;
        process_result_destroy(&r);
    }
    return (void *)wrong;
}

static void threads_run_children_at_the_same_time(void **state)
{
    pthread_t threads[THREADS];
    int numbers[THREADS];

    (void)state;
    for (int i = 0; i < THREADS; i++) {
        numbers[i] = i;
        assert_int_equal(pthread_create(&threads[i], NULL, run_many, &numbers[i]), 0);
    }
    for (int i = 0; i < THREADS; i++) {
        void *wrong;

        pthread_join(threads[i], &wrong);
        assert_int_equal((intptr_t)wrong, 0);
    }
}

static void *run_while_cancelled(void *arg)
{
    int *finished = arg;
    struct process_result r;
    int err = PROCESS_RUN(&r, PROCESS_ARGV("sleep", "0.3"));

    pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, NULL);
    *finished = err == 0;
    process_result_destroy(&r);
    return NULL;
}

static void a_cancelled_thread_first_waits_for_its_child(void **state)
{
    pthread_t thread;
    int finished = 0;
    void *end;

    (void)state;
    assert_int_equal(pthread_create(&thread, NULL, run_while_cancelled, &finished), 0);
    usleep(100000);
    pthread_cancel(thread);
    pthread_join(thread, &end);
    assert_int_equal(finished, 1);
    assert_null(end); /* not PTHREAD_CANCELED: it got to its own end */
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(output_and_errors_are_captured_apart),
        TEST(output_is_bytes_with_a_nul_after_them),
        TEST(nothing_captured_is_an_empty_string),
        TEST(strings_are_there_when_nothing_was_started),
        TEST(default_options_are_a_null_pointer),
        TEST(a_signal_is_negative_and_never_mistaken_for_an_exit_status),
        TEST(a_result_may_be_destroyed_twice),
        TEST(a_child_that_fails_to_exec_reports_errno_from_spawn),
        TEST(contradictory_options_are_einval),
        TEST(the_child_runs_in_its_own_directory_and_is_looked_up_there),
        TEST(the_environment_is_replaced_not_extended),
        TEST(words_reach_the_child_as_they_are),
        TEST(the_child_has_no_descriptor_above_two),
        TEST(the_child_starts_with_an_empty_mask_and_default_signals),
        TEST(errors_can_follow_the_output_in_order),
        TEST(one_stream_may_be_captured_and_the_other_thrown_away),
        TEST(an_empty_input_is_at_its_end_at_once),
        TEST(input_and_output_far_beyond_a_pipe_do_not_deadlock),
        TEST(a_child_that_leaves_its_input_unread_is_no_error),
        TEST(a_sigpipe_that_was_pending_before_stays_pending),
        TEST(the_parents_own_streams_may_be_closed),
        TEST(a_time_out_kills_reaps_and_keeps_what_was_printed),
        TEST(a_time_out_also_ends_a_child_that_never_stops_printing),
        TEST(a_time_out_also_ends_a_child_that_never_reads),
        TEST(a_time_out_does_not_wait_for_a_grandchild_with_the_pipe),
        TEST(a_time_out_ends_the_whole_group),
        TEST(end_group_ends_what_the_child_left_and_does_not_wait_for_it),
        TEST(end_group_takes_all_that_the_child_itself_printed),
        TEST(what_is_in_the_pipe_when_the_child_has_ended_is_taken),
        TEST(waiting_costs_no_processor_time),
        TEST(end_group_does_not_wait_for_one_that_left_the_group),
        TEST(without_end_group_late_output_of_a_grandchild_is_awaited),
        TEST(the_end_is_seen_although_a_grandchild_lives_on),
        TEST(a_child_that_closed_its_streams_is_still_waited_for),
        TEST(a_time_limit_of_all_time_does_not_overflow),
        TEST(output_beyond_the_limit_is_efbig_and_cut_there),
        TEST(output_of_just_the_limit_is_fine),
        TEST(the_limit_holds_for_what_end_group_finds_in_the_pipe),
        TEST(a_bad_end_reads_as_in_python),
        TEST(a_time_out_reads_as_in_python),
        TEST(words_are_quoted_as_in_python),
        TEST(a_bad_end_is_no_error_unless_checked),
        TEST(a_storm_of_interrupting_signals_changes_nothing),
        TEST(an_ignored_sigchld_does_not_hang_and_counts_as_zero),
        TEST(the_end_is_seen_without_a_descriptor_to_spare),
        TEST(too_few_descriptors_is_emfile_and_nothing_leaks),
        TEST(threads_run_children_at_the_same_time),
        TEST(a_cancelled_thread_first_waits_for_its_child),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
