/* process_run through its header only. Each test's name is the claim. */
#define _GNU_SOURCE /* pipe2 */

#include "process_check.h"

#include <limits.h>

FIXTURE(note_descriptors, expect_nothing_left);

/* ---- What comes back ---- */

TEST(output_and_errors_are_captured_apart)
{
    assert_int_equal(PROCESS_RUN(&result, SH("echo out; echo err >&2"), .capture_output = true), 0);
    assert_int_equal(result.returncode, 0);
    assert_string_equal(result.out, "out\n");
    assert_int_equal(result.out_size, 4);
    assert_string_equal(result.err, "err\n");
    assert_int_equal(result.err_size, 4);
    assert_string_equal(result.message, "");
}

TEST(output_is_bytes_with_a_nul_after_them)
{
    assert_int_equal(PROCESS_RUN(&result, PROCESS_ARGV("printf", "a\\000b"),
                                 .capture_output = true),
                     0);
    assert_int_equal(result.out_size, 3);
    assert_memory_equal(result.out, "a\0b", 4);
}

TEST(nothing_captured_is_an_empty_string)
{
    assert_int_equal(PROCESS_RUN(&result, PROCESS_ARGV("true")), 0);
    assert_string_equal(result.out, "");
    assert_string_equal(result.err, "");
    assert_int_equal(result.out_size + result.err_size, 0);
}

TEST(strings_are_there_when_nothing_was_started)
{
    assert_int_equal(PROCESS_RUN(&result, PROCESS_ARGV("/no/such/program")), ENOENT);
    assert_string_equal(result.out, "");
    assert_string_equal(result.err, "");
    assert_string_equal(
        result.message,
        "Command '['/no/such/program']' could not be run: No such file or directory");
}

TEST(default_options_are_a_null_pointer)
{
    assert_int_equal(process_run(SH("exit 3"), NULL, &result), 0);
    assert_int_equal(result.returncode, 3);
}

TEST(a_signal_is_negative_and_never_mistaken_for_an_exit_status)
{
    assert_int_equal(PROCESS_RUN(&result, SH("kill -KILL $$")), 0);
    assert_int_equal(result.returncode, -SIGKILL);
    process_result_destroy(&result);
    assert_int_equal(PROCESS_RUN(&result, SH("exit 137")), 0);
    assert_int_equal(result.returncode, 137);
}

TEST(a_result_may_be_destroyed_twice)
{
    assert_int_equal(PROCESS_RUN(&result, SH("exit 1"), .check = true), EPROTO);
    process_result_destroy(&result);
    process_result_destroy(&result);
    assert_string_equal(result.message, "");
}

/* ---- Starting ---- */

TEST(a_child_that_fails_to_exec_reports_errno_from_spawn)
{
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
    assert_int_equal(PROCESS_RUN(&result, PROCESS_ARGV("nope"), .capture_output = true,
                                 .input = "x", .input_size = 1),
                     ENOENT);
}

TEST(contradictory_options_are_einval)
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

TEST(the_child_runs_in_its_own_directory_and_is_looked_up_there)
{
    assert_int_equal(PROCESS_RUN(&result, PROCESS_ARGV("./pwd"), .cwd = "/bin",
                                 .capture_output = true, .env = PROCESS_ARGV("A=b")),
                     0);
    assert_true(strcmp(result.out, "/bin\n") == 0 || strcmp(result.out, "/usr/bin\n") == 0);
}

TEST(the_environment_is_replaced_not_extended)
{
    assert_int_equal(PROCESS_RUN(&result, PROCESS_ARGV("env"), .env = PROCESS_ARGV("A=b", "C=d e"),
                                 .capture_output = true),
                     0);
    assert_string_equal(result.out, "A=b\nC=d e\n");
    process_result_destroy(&result);
    assert_int_equal(PROCESS_RUN(&result, PROCESS_ARGV("env"), .env = (const char *const[]){NULL},
                                 .capture_output = true),
                     0);
    assert_string_equal(result.out, "");
}

TEST(words_reach_the_child_as_they_are)
{
    assert_int_equal(PROCESS_RUN(&result,
                                 PROCESS_ARGV("printf", "[%s]", "a b", "", "$HOME;*", "'\""),
                                 .capture_output = true),
                     0);
    assert_string_equal(result.out, "[a b][][$HOME;*]['\"]");
}

TEST(the_child_has_no_descriptor_above_two)
{
    int null = open("/dev/null", O_RDONLY);
    int leak = fcntl(null, F_DUPFD, 10); /* without the mark */

    close(null);
    assert_true(leak >= 10);
    assert_int_equal(PROCESS_RUN(&result, SH("ls /proc/$$/fd"), .capture_output = true,
                                 .stdin_from = PROCESS_DEVNULL),
                     0);
    close(leak);
    assert_string_equal(result.out, "0\n1\n2\n");
}

TEST(the_child_starts_with_an_empty_mask_and_default_signals)
{
    const uint64_t reserved =
        (UINT64_C(1) << 31) | (UINT64_C(1) << 32); /* 32, 33: the C library's own */
    struct sigaction ignore = {.sa_handler = SIG_IGN}, pipe_before, hup_before;
    sigset_t block, before;

    sigemptyset(&block);
    sigaddset(&block, SIGTERM);
    sigaddset(&block, SIGUSR1);
    pthread_sigmask(SIG_BLOCK, &block, &before);
    sigaction(SIGPIPE, &ignore, &pipe_before);
    sigaction(SIGHUP, &ignore, &hup_before);
    assert_int_equal(PROCESS_RUN(&result, PROCESS_ARGV("cat", "/proc/self/status"),
                                 .capture_output = true),
                     0);
    sigaction(SIGPIPE, &pipe_before, NULL);
    sigaction(SIGHUP, &hup_before, NULL);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    assert_int_equal(status_set(result.out, "SigBlk:"), 0);
    assert_int_equal(status_set(result.out, "SigIgn:") & ~reserved, 0);
}

/* ---- Streams ---- */

TEST(errors_can_follow_the_output_in_order)
{
    assert_int_equal(PROCESS_RUN(&result, SH("echo 1; echo 2 >&2; echo 3"),
                                 .stdout_to = PROCESS_PIPE, .stderr_to = PROCESS_STDOUT),
                     0);
    assert_string_equal(result.out, "1\n2\n3\n");
    assert_string_equal(result.err, "");
}

TEST(one_stream_may_be_captured_and_the_other_thrown_away)
{
    assert_int_equal(PROCESS_RUN(&result, SH("echo out; echo err >&2"),
                                 .stdout_to = PROCESS_DEVNULL, .stderr_to = PROCESS_PIPE),
                     0);
    assert_string_equal(result.out, "");
    assert_string_equal(result.err, "err\n");
}

TEST(an_empty_input_is_at_its_end_at_once)
{
    const struct process_options empty[] = {
        {.input = "", .capture_output = true},
        {.stdin_from = PROCESS_PIPE, .capture_output = true},
        {.stdin_from = PROCESS_DEVNULL, .capture_output = true},
        {.input = "x", .stdin_from = PROCESS_PIPE, .capture_output = true},
    };

    for (size_t i = 0; i < sizeof empty / sizeof empty[0]; i++) {
        assert_int_equal(process_run(PROCESS_ARGV("cat"), &empty[i], &result), 0);
        assert_string_equal(result.out, "");
        process_result_destroy(&result);
    }
}

TEST(input_and_output_far_beyond_a_pipe_do_not_deadlock)
{
    size_t size = (8 << 20) + 7;
    char *data = malloc(size);

    assert_non_null(data);
    for (size_t i = 0; i < size; i++)
        data[i] = (char)(i * 2654435761u >> 13);
    assert_int_equal(PROCESS_RUN(&result, SH("tee /dev/stderr"), .input = data, .input_size = size,
                                 .capture_output = true),
                     0);
    assert_int_equal(result.out_size, size);
    assert_memory_equal(result.out, data, size);
    assert_int_equal(result.err_size, size);
    assert_memory_equal(result.err, data, size);
    free(data);
}

TEST(a_child_that_leaves_its_input_unread_is_no_error)
{
    size_t size = 1 << 20;
    char *data = calloc(1, size);
    struct sigaction action = {.sa_handler = SIG_DFL}, before;
    sigset_t pending;

    sigaction(SIGPIPE, &action, &before); /* whoever runs us may ignore it */
    assert_int_equal(PROCESS_RUN(&result, SH("exec <&-; echo bye; sleep 0.1; exit 4"),
                                 .input = data, .input_size = size, .capture_output = true),
                     0);
    free(data);
    assert_int_equal(result.returncode, 4);
    assert_string_equal(result.out, "bye\n");
    sigaction(SIGPIPE, NULL, &action);
    assert_true(action.sa_handler == SIG_DFL);
    sigpending(&pending);
    assert_false(sigismember(&pending, SIGPIPE));
    sigaction(SIGPIPE, &before, NULL);
}

TEST(a_sigpipe_that_was_pending_before_stays_pending)
{
    const struct timespec at_once = {0, 0};
    sigset_t broken_pipe, before, after, pending;
    char *data = calloc(1, 1 << 20);

    sigemptyset(&broken_pipe);
    sigaddset(&broken_pipe, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &broken_pipe, &before);
    raise(SIGPIPE);
    assert_int_equal(PROCESS_RUN(&result, SH("exec <&-; sleep 0.1"), .input = data,
                                 .input_size = 1 << 20),
                     0);
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
    if (PROCESS_RUN(&r, SH("cat; echo err >&2"), .input = "in", .input_size = 2,
                    .capture_output = true) != 0)
        status = 1;
    else if (strcmp(r.out, "in") != 0 || strcmp(r.err, "err\n") != 0)
        status = 2;
    process_result_destroy(&r);
    if (PROCESS_RUN(&r, SH("echo x"), .stdin_from = PROCESS_DEVNULL, .stdout_to = PROCESS_PIPE,
                    .stderr_to = PROCESS_DEVNULL) != 0 ||
        strcmp(r.out, "x\n") != 0)
        status = 3;
    process_result_destroy(&r);
    if (PROCESS_RUN(&r, SH("echo out; echo err >&2"), .stdout_to = PROCESS_DEVNULL,
                    .stderr_to = PROCESS_PIPE) != 0 ||
        strcmp(r.err, "err\n") != 0)
        status = 4; /* its pipe was overwritten on the way to 2 */
    process_result_destroy(&r);
    if (open("/dev/null", O_RDONLY) != 0)
        status = 5; /* something was left on 0 */
    return status;
}

TEST(the_parents_own_streams_may_be_closed)
{
    expect_zero_in_a_fork(run_without_standard_streams);
}

/* ---- Errors in words ---- */

TEST(a_bad_end_reads_as_in_python)
{
    assert_int_equal(PROCESS_RUN(&result, PROCESS_ARGV("test", "-d", "someFolder"), .check = true),
                     EPROTO);
    assert_string_equal(result.message,
                        "Command '['test', '-d', 'someFolder']' returned non-zero exit status 1.");
    process_result_destroy(&result);
    assert_int_equal(PROCESS_RUN(&result, SH("ulimit -c 0; kill -ABRT $$"), .check = true), EPROTO);
    assert_string_equal(
        result.message,
        "Command '['sh', '-c', 'ulimit -c 0; kill -ABRT $$']' died with <Signals.SIGABRT: 6>.");
    process_result_destroy(&result);
    assert_int_equal(PROCESS_RUN(&result, SH("kill -40 $$")), 0);
    assert_string_equal(result.message,
                        "Command '['sh', '-c', 'kill -40 $$']' died with unknown signal 40.");
}

TEST(signals_have_names_and_names_have_signals)
{
    assert_string_equal(process_signal_name(SIGTERM), "SIGTERM");
    assert_string_equal(process_signal_name(SIGSYS), "SIGSYS");
    assert_null(process_signal_name(0));
    assert_null(process_signal_name(-SIGTERM));
    assert_null(process_signal_name(SIGRTMIN));
    assert_null(process_signal_name(INT_MAX));
    for (int i = 1; i < SIGRTMIN; i++)
        if (process_signal_name(i) != NULL) {
            assert_int_equal(process_signal_number(process_signal_name(i)), i);
            assert_int_equal(process_signal_number(process_signal_name(i) + 3), i);
        }
    assert_int_equal(process_signal_number("KILL"), SIGKILL);
#ifdef __linux__
    for (int i = 1; i < 32; i++)
        assert_non_null(process_signal_name(i));
#endif
    assert_int_equal(process_signal_number("SIGIOT"), SIGABRT);
    assert_int_equal(process_signal_number("CLD"), SIGCHLD);
    assert_int_equal(process_signal_number("SIGPOLL"), SIGIO);
    assert_int_equal(process_signal_number(""), 0);
    assert_int_equal(process_signal_number("SIG"), 0);
    assert_int_equal(process_signal_number("TER"), 0);
    assert_int_equal(process_signal_number("TERMS"), 0);
    assert_int_equal(process_signal_number("SIGSIGTERM"), 0);
}

TEST(a_time_out_reads_as_in_python)
{
    static const struct {
        int64_t ms;
        const char *text;
    } cases[] = {
        {100, "Command '['sleep', '60']' timed out after 0.1 seconds"},
        {1, "Command '['sleep', '60']' timed out after 0.001 seconds"},
        {250, "Command '['sleep', '60']' timed out after 0.25 seconds"},
        {1000, "Command '['sleep', '60']' timed out after 1 seconds"},
    };
    struct process p;
    char text[128];

    assert_int_equal(PROCESS_RUN(&result, PROCESS_ARGV("sleep", "60"), .timeout_ms = 1), ETIMEDOUT);
    assert_string_equal(result.message, cases[1].text);
    assert_int_equal(PROCESS_START(&p, PROCESS_ARGV("sleep", "60")), 0);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        process_describe(&p, ETIMEDOUT, cases[i].ms, text, sizeof text);
        assert_string_equal(text, cases[i].text);
    }
    process_destroy(&p);
}

TEST(words_are_quoted_as_in_python)
{
    assert_int_equal(PROCESS_RUN(&result, PROCESS_ARGV("false", "", "a b", "it's", "\"", "'\"",
                                                       "\\", "\t\n\r\001\177", "\xc3\xa9")),
                     0);
    assert_string_equal(
        result.message,
        "Command '['false', '', 'a b', \"it's\", '\"', '\\'\"', '\\\\', '\\t\\n\\r\\x01\\x7f', "
        "'\xc3\xa9']' returned non-zero exit status 1.");
}

TEST(a_bad_end_is_no_error_unless_checked)
{
    assert_int_equal(PROCESS_RUN(&result, PROCESS_ARGV("false")), 0);
    assert_int_equal(process_check(&result), EPROTO);
    process_result_destroy(&result);
    assert_int_equal(PROCESS_RUN(&result, PROCESS_ARGV("true"), .check = true), 0);
    assert_int_equal(process_check(&result), 0);
}

int main(void)
{
    return run_in_each_mode();
}
