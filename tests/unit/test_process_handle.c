/* A child that runs beside us: struct process, through its header only. */
#define _GNU_SOURCE /* pipe2 */

#include "process_check.h"

static struct process child;
static int returncode;

static int setup(void **state)
{
    returncode = 77;
    return note_descriptors(state);
}

static int teardown(void **state)
{
    process_destroy(&child);
    return expect_nothing_left(state);
}

FIXTURE(setup, teardown);

/* A child that ends when its stdin is closed, and not before. */
static void start_cat(void)
{
    assert_int_equal(PROCESS_START(&child, PROCESS_ARGV("cat"), .stdin_from = PROCESS_PIPE,
                                   .stdout_to = PROCESS_PIPE),
                     0);
}

/* ---- Waiting ---- */

TEST(poll_is_ebusy_until_it_has_ended)
{
    start_cat();
    for (int i = 0; i < 100; i++)
        assert_int_equal(process_poll(&child, &returncode), EBUSY);
    assert_int_equal(returncode, 77);
    process_close(&child.stdin_fd);
    assert_int_equal(process_wait(&child, PROCESS_FOREVER, &returncode), 0);
    assert_int_equal(returncode, 0);
    assert_int_equal(process_poll(&child, &returncode), 0);
    assert_int_equal(process_poll(&child, NULL), 0);
}

TEST(a_wait_that_times_out_leaves_all_as_it_was)
{
    struct timespec limit = clock_after_ms(50);

    start_cat();
    assert_int_equal(process_wait(&child, 50, &returncode), ETIMEDOUT);
    assert_true(clock_passed(limit)); /* not a moment too early */
    assert_int_equal(returncode, 77);
    assert_int_equal(process_wait(&child, 0, &returncode), ETIMEDOUT);
    process_close(&child.stdin_fd);
    assert_int_equal(process_wait(&child, INT64_MAX, &returncode), 0);
    assert_int_equal(returncode, 0);
}

static void *wait_for_the_child(void *arg)
{
    int *code = arg;

    return process_wait(&child, PROCESS_FOREVER, code) == 0 ? arg : NULL;
}

TEST(two_threads_may_wait_for_one_child)
{
    pthread_t threads[2];
    int codes[2] = {77, 77};
    void *end;

    assert_int_equal(PROCESS_START(&child, SH("read x; exit 5"), .stdin_from = PROCESS_PIPE), 0);
    for (int i = 0; i < 2; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, wait_for_the_child, &codes[i]), 0);
    assert_int_equal(process_write(&child, "go\n", 3), 0);
    for (int i = 0; i < 2; i++) {
        pthread_join(threads[i], &end);
        assert_non_null(end);
        assert_int_equal(codes[i], 5);
    }
}

TEST(a_limit_below_zero_is_a_mistake_and_not_for_ever)
{
    assert_int_equal(PROCESS_START(&child, PROCESS_ARGV("sleep", "60")), 0);
    returncode = 7;
    assert_int_equal(process_wait(&child, -1, &returncode), EINVAL);
    assert_int_equal(returncode, 7);
    assert_int_equal(process_communicate(&child, NULL, 0, 20), ETIMEDOUT);
    assert_non_null(strstr(child.result.message, "timed out after 0.02 seconds"));
    assert_int_equal(process_communicate(&child, NULL, 0, -1), EINVAL);
    assert_string_equal(child.result.message, "timeout_ms is below zero");
    assert_int_equal(process_communicate(&child, "late", 4, 0), EINVAL);
    assert_string_equal(child.result.message,
                        "only the first process_communicate may bring an input");
}

/* The leader has ended and been waited for; one of its group is still there. */
TEST(a_group_gets_signals_after_its_leader_was_waited_for)
{
    char byte;

    take_leash();
    assert_int_equal(PROCESS_START(&child, SH("exec 9<&0; cat <&9 & exit 4"), .new_group = true,
                                   .stdin_from = PROCESS_FD, .stdin_fd = leash[0],
                                   .stdout_to = PROCESS_PIPE),
                     0);
    assert_int_equal(process_wait(&child, PROCESS_FOREVER, &returncode), 0);
    assert_int_equal(returncode, 4);
    assert_int_equal(process_signal_group(&child, SIGKILL), 0);
    assert_int_equal(read(child.stdout_fd, &byte, 1), 0);       /* cat has gone, too */
    assert_int_equal(process_signal_group(&child, SIGKILL), 0); /* and nobody gets this one */
    assert_int_equal(process_signal_group(&child, 999), EINVAL);
    assert_int_equal(process_send_signal(&child, 999), EINVAL);
    assert_int_equal(process_poll(&child, &returncode), 0);
    assert_int_equal(returncode, 4);
    let_go();
}

TEST(a_stopped_child_has_not_ended)
{
    start_cat();
    assert_int_equal(process_send_signal(&child, SIGSTOP), 0);
    assert_int_equal(process_wait(&child, 50, &returncode), ETIMEDOUT);
    assert_int_equal(process_poll(&child, &returncode), EBUSY);
    assert_int_equal(process_send_signal(&child, SIGCONT), 0);
    process_close(&child.stdin_fd);
    assert_int_equal(process_wait(&child, PROCESS_FOREVER, &returncode), 0);
    assert_int_equal(returncode, 0);
}

TEST(wait_is_not_held_up_by_a_daemon_that_the_child_left)
{
    take_leash();
    assert_int_equal(PROCESS_START(&child, SH(ON_LEASH("cat") "exit 6"), .new_group = true,
                                   .stdin_from = PROCESS_FD, .stdin_fd = leash[0],
                                   .capture_output = true),
                     0);
    assert_int_equal(process_wait(&child, PROCESS_FOREVER, &returncode), 0);
    assert_int_equal(returncode, 6);
    let_go();
}

TEST(a_wait_that_another_stole_is_remembered_or_unknown)
{
    assert_int_equal(PROCESS_START(&child, SH("exit 3")), 0);
    assert_int_equal(waitpid(child.pid, NULL, 0), child.pid);
    assert_int_equal(process_kill(&child), 0); /* and reaches nobody */
    assert_int_equal(process_wait(&child, PROCESS_FOREVER, &returncode), 0);
    assert_int_equal(returncode, if_remembered(3));
}

TEST(an_ignored_sigchld_is_remembered_or_unknown)
{
    struct sigaction ignore = {.sa_handler = SIG_IGN}, before;

    sigaction(SIGCHLD, &ignore, &before);
    start_cat();
    assert_int_equal(process_wait(&child, 20, &returncode), ETIMEDOUT);
    assert_int_equal(process_kill(&child), 0);
    assert_int_equal(process_wait(&child, PROCESS_FOREVER, &returncode), 0);
    sigaction(SIGCHLD, &before, NULL);
    assert_int_equal(returncode, if_remembered(-SIGKILL));
}

/* ---- Signals ---- */

TEST(terminate_and_kill_are_negative_return_codes)
{
    start_cat();
    assert_int_equal(process_terminate(&child), 0);
    assert_int_equal(process_wait(&child, PROCESS_FOREVER, &returncode), 0);
    assert_int_equal(returncode, -SIGTERM);
    process_destroy(&child);
    start_cat();
    assert_int_equal(process_kill(&child), 0);
    assert_int_equal(process_wait(&child, PROCESS_FOREVER, &returncode), 0);
    assert_int_equal(returncode, -SIGKILL);
}

TEST(a_signal_after_the_end_is_a_no_op)
{
    assert_int_equal(PROCESS_START(&child, PROCESS_ARGV("true"), .new_group = true), 0);
    assert_int_equal(process_wait(&child, PROCESS_FOREVER, NULL), 0);
    assert_int_equal(process_kill(&child), 0);
    assert_int_equal(process_terminate(&child), 0);
    assert_int_equal(process_signal_group(&child, SIGKILL), 0);
    process_destroy(&child);
    assert_int_equal(process_kill(&child), 0); /* the caller's group lives: here we are */
}

TEST(a_signal_that_does_not_exist_is_einval)
{
    start_cat();
    assert_int_equal(process_send_signal(&child, 12345), EINVAL);
    assert_int_equal(process_send_signal(&child, -1), EINVAL);
    assert_int_equal(process_signal_group(&child, SIGTERM), EINVAL); /* it is in ours */
    assert_int_equal(process_send_signal(&child, 0), 0);
}

TEST(a_group_gets_a_signal_together)
{
    assert_int_equal(PROCESS_START(&child, SH("sleep 60 & echo up; wait"), .new_group = true,
                                   .capture_output = true),
                     0);
    assert_int_equal(process_communicate(&child, NULL, 0, 20), ETIMEDOUT);
    assert_int_equal(process_signal_group(&child, SIGKILL), 0);
    assert_int_equal(process_communicate(&child, NULL, 0, 15000),
                     0); /* at its end: the sleep is gone, too */
    assert_int_equal(child.result.returncode, -SIGKILL);
}

/* ---- Talking ---- */

TEST(communicate_carries_on_after_a_time_out_with_nothing_lost)
{
    size_t size = (4 << 20) + 3;
    char *data = malloc(size);
    int time_outs = 0, err;

    assert_non_null(data);
    for (size_t i = 0; i < size; i++)
        data[i] = (char)(i * 2654435761u >> 11);
    assert_int_equal(PROCESS_START(&child, SH("read x; cat"), .stdin_from = PROCESS_PIPE,
                                   .stdout_to = PROCESS_PIPE),
                     0);
    data[0] = '\n';
    assert_int_equal(process_send_signal(&child, SIGSTOP), 0);
    err = process_communicate(&child, data, size, 20); /* stopped: not done in any time */
    assert_int_equal(err, ETIMEDOUT);
    assert_int_equal(process_send_signal(&child, SIGCONT), 0);
    for (; err == ETIMEDOUT; time_outs++)
        err = process_communicate(&child, NULL, 0, 1);
    assert_int_equal(err, 0);
    assert_true(time_outs > 0);
    assert_int_equal(child.result.out_size, size - 1);
    assert_memory_equal(child.result.out, data + 1, size - 1);
    assert_string_equal(child.result.message, "");
    free(data);
}

TEST(a_time_out_tells_what_has_come_so_far)
{
    assert_int_equal(PROCESS_START(&child, SH("echo so far; read x; echo the rest"),
                                   .stdin_from = PROCESS_PIPE, .stdout_to = PROCESS_PIPE),
                     0);
    int keep = child.stdin_fd; /* so that communicate does not close it */

    child.stdin_fd = -1;
    do
        assert_int_equal(process_communicate(&child, NULL, 0, 10), ETIMEDOUT);
    while (child.result.out_size == 0);
    assert_string_equal(child.result.out, "so far\n");
    assert_string_equal(child.result.message,
                        "Command '['sh', '-c', 'echo so far; read x; echo the rest']' "
                        "timed out after 0.01 seconds");
    close(keep);
    assert_int_equal(process_communicate(&child, NULL, 0, PROCESS_FOREVER), 0);
    assert_string_equal(child.result.out, "so far\nthe rest\n");
}

TEST(kill_and_communicate_collects_what_there_is)
{
    assert_int_equal(PROCESS_START(&child, SH("echo out; echo err >&2; exec sleep 60"),
                                   .capture_output = true),
                     0);
    do
        assert_int_equal(process_communicate(&child, NULL, 0, 10), ETIMEDOUT);
    while (child.result.err_size == 0);
    process_kill(&child);
    assert_int_equal(process_communicate(&child, NULL, 0, PROCESS_FOREVER), 0);
    assert_int_equal(child.result.returncode, -SIGKILL);
    assert_string_equal(child.result.out, "out\n");
    assert_string_equal(child.result.err, "err\n");
}

TEST(only_the_first_call_may_bring_input)
{
    start_cat();
    assert_int_equal(process_communicate(&child, NULL, 3, 1), EINVAL);
    process_send_signal(&child, SIGSTOP);
    assert_int_equal(process_communicate(&child, "abc", 3, 1), ETIMEDOUT);
    assert_int_equal(process_communicate(&child, "def", 3, 1), EINVAL);
    process_send_signal(&child, SIGCONT);
    assert_int_equal(process_communicate(&child, NULL, 0, PROCESS_FOREVER), 0);
    assert_string_equal(child.result.out, "abc");
    process_destroy(&child);
    assert_int_equal(PROCESS_START(&child, PROCESS_ARGV("true")), 0);
    assert_int_equal(process_communicate(&child, "abc", 3, PROCESS_FOREVER), EINVAL);
}

TEST(the_pipes_can_be_read_and_written_by_hand)
{
    char line[16];
    ssize_t got;

    start_cat();
    for (int i = 0; i < 3; i++) {
        assert_int_equal(process_write(&child, "question", 8), 0);
        got = read(child.stdout_fd, line, sizeof line); /* waits: it blocks */
        assert_int_equal(got, 8);
    }
    process_close(&child.stdin_fd);
    process_close(&child.stdin_fd);
    assert_int_equal(read(child.stdout_fd, line, sizeof line), 0);
    assert_int_equal(process_write(&child, "x", 1), EBADF);
}

TEST(writing_to_a_child_that_is_gone_is_epipe_and_no_signal)
{
    sigset_t pending;

    assert_int_equal(PROCESS_START(&child, PROCESS_ARGV("true"), .stdin_from = PROCESS_PIPE), 0);
    assert_int_equal(process_wait(&child, PROCESS_FOREVER, NULL), 0);
    assert_int_equal(process_write(&child, "x", 1), EPIPE);
    sigpending(&pending);
    assert_false(sigismember(&pending, SIGPIPE));
}

TEST(the_output_limit_holds_in_each_call)
{
    assert_int_equal(PROCESS_START(&child, PROCESS_ARGV("yes"), .stdout_to = PROCESS_PIPE,
                                   .output_limit = 5),
                     0);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(process_communicate(&child, NULL, 0, PROCESS_FOREVER), EFBIG);
        assert_string_equal(child.result.out, "y\ny\ny");
    }
}

TEST(output_of_any_size_is_whole)
{
    static const char *const sizes[] = {"0",       "1",       "65535",   "65536",   "131071",
                                        "1048576", "2097151", "2097152", "2097153", "9000000"};

    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        size_t size = strtoul(sizes[i], NULL, 10);

        assert_int_equal(PROCESS_START(&child, PROCESS_ARGV("head", "-c", sizes[i], "/dev/zero"),
                                       .stdout_to = PROCESS_PIPE),
                         0);
        assert_int_equal(process_communicate(&child, NULL, 0, PROCESS_FOREVER), 0);
        assert_int_equal(child.result.out_size, size);
        for (size_t k = 0; k <= size; k++)
            if (child.result.out[k] != '\0')
                fail();
        process_destroy(&child);
    }
}

/* ---- The end of a handle ---- */

TEST(destroy_ends_and_waits_for_a_child_that_runs)
{
    pid_t pid;

    start_cat();
    pid = child.pid;
    process_destroy(&child);
    assert_int_equal(kill(pid, 0), -1);
    assert_int_equal(errno, ESRCH);
    process_destroy(&child); /* twice is harmless */
}

TEST(a_handle_of_zeros_owns_nothing)
{
    struct process none = {0};

    process_destroy(&none);
    assert_true(fcntl(STDIN_FILENO, F_GETFD) >= 0);
}

TEST(a_handle_that_did_not_start_is_as_one_that_ended)
{
    assert_int_equal(PROCESS_START(&child, PROCESS_ARGV("/no/such/program"),
                                   .stdin_from = PROCESS_PIPE, .capture_output = true),
                     ENOENT);
    assert_int_equal(child.result.stage, PROCESS_AT_PROGRAM);
    assert_string_equal(
        child.result.message,
        "Command '['/no/such/program']' could not be run: No such file or directory");
    assert_int_equal(child.stdin_fd, -1);
    assert_int_equal(child.stdout_fd, -1);
    assert_int_equal(child.stderr_fd, -1);
    assert_int_equal(process_poll(&child, NULL), 0);
    assert_int_equal(process_kill(&child), 0);
    assert_int_equal(process_communicate(&child, NULL, 0, 0), 0); /* nothing to wait for */
    assert_int_equal(process_communicate(&child, NULL, 0, PROCESS_FOREVER), 0);
    assert_string_equal(child.result.out, "");
}

TEST(what_only_run_can_do_is_einval)
{
    assert_int_equal(PROCESS_START(&child, PROCESS_ARGV("true"), .input = "x", .input_size = 1),
                     EINVAL);
    process_destroy(&child);
    assert_int_equal(PROCESS_START(&child, PROCESS_ARGV("true"), .timeout_ms = 1), EINVAL);
    process_destroy(&child);
    assert_int_equal(PROCESS_START(&child, PROCESS_ARGV("true"), .check = true), EINVAL);
    assert_int_equal(child.result.stage, PROCESS_AT_OPTIONS);
    assert_int_equal(process_start(NULL, PROCESS_ARGV("true"), NULL), EINVAL);
}

/* ---- In a row ---- */

TEST(one_childs_output_is_the_next_ones_input)
{
    struct process next;

    start_cat();
    assert_int_equal(PROCESS_START(&next, PROCESS_ARGV("tr", "a-z", "A-Z"),
                                   .stdin_from = PROCESS_FD, .stdin_fd = child.stdout_fd,
                                   .stdout_to = PROCESS_PIPE),
                     0);
    process_close(&child.stdout_fd);
    assert_int_equal(process_communicate(&child, "through both", 12, PROCESS_FOREVER), 0);
    assert_int_equal(process_communicate(&next, NULL, 0, PROCESS_FOREVER), 0);
    assert_string_equal(next.result.out, "THROUGH BOTH");
    process_destroy(&next);
}

TEST(a_writer_ends_by_sigpipe_when_its_reader_has_left)
{
    struct process head;

    assert_int_equal(PROCESS_START(&child, PROCESS_ARGV("yes"), .stdout_to = PROCESS_PIPE), 0);
    assert_int_equal(PROCESS_START(&head, PROCESS_ARGV("head", "-n", "1"), .stdin_from = PROCESS_FD,
                                   .stdin_fd = child.stdout_fd, .stdout_to = PROCESS_DEVNULL),
                     0);
    process_close(&child.stdout_fd);
    assert_int_equal(process_wait(&head, PROCESS_FOREVER, &returncode), 0);
    assert_int_equal(returncode, 0);
    assert_int_equal(process_wait(&child, PROCESS_FOREVER, &returncode), 0);
    assert_int_equal(returncode, -SIGPIPE);
    process_destroy(&head);
}

#define ROW(...) ((const char *const *const[]){__VA_ARGS__})

static int run_row(const char *const *const commands[], size_t count, int ends[],
                   const struct process_options *options)
{
    process_result_destroy(&result);
    return process_pipeline(commands, count, options, ends, &result);
}

TEST(a_pipeline_reports_each_status)
{
    int ends[4] = {77, 77, 77, 77};
    const struct process_options both = {.capture_output = true,
                                         .input = "b\na\nb\n",
                                         .input_size = 6};

    assert_int_equal(run_row(ROW(PROCESS_ARGV("sort"), PROCESS_ARGV("uniq"), SH("cat; exit 3")), 3,
                             ends, &both),
                     0);
    assert_string_equal(result.out, "a\nb\n");
    assert_int_equal(ends[0] + ends[1], 0);
    assert_int_equal(ends[2], 3);
    assert_int_equal(result.returncode, 3);
    assert_int_equal(run_row(ROW(PROCESS_ARGV("cat")), 1, ends, &both), 0);
    assert_string_equal(result.out, "b\na\nb\n");
    assert_int_equal(run_row(ROW(SH("echo 1 >&2"), SH("cat >&2; echo 2 >&2")), 2, NULL, &both), 0);
    assert_int_equal(result.err_size, 4);
    process_result_destroy(&result);
}

TEST(check_forgives_sigpipe_of_an_earlier_one_only)
{
    const struct process_options check = {.stdout_to = PROCESS_PIPE, .check = true};
    int ends[3];

    assert_int_equal(run_row(ROW(PROCESS_ARGV("yes"), PROCESS_ARGV("head", "-n", "1")), 2, ends,
                             &check),
                     0);
    assert_int_equal(ends[0], -SIGPIPE);
    assert_string_equal(result.out, "y\n");
    assert_int_equal(run_row(ROW(SH("exit 4"), PROCESS_ARGV("cat")), 2, ends, &check), EPROTO);
    assert_string_equal(result.message,
                        "Command '['sh', '-c', 'exit 4']' returned non-zero exit status 4.");
    assert_int_equal(run_row(ROW(PROCESS_ARGV("true"), SH("kill -PIPE $$")), 2, ends, &check),
                     EPROTO);
    process_result_destroy(&result);
}

TEST(a_pipeline_that_takes_too_long_is_ended_as_a_whole)
{
    struct process_options limit = {.stdout_to = PROCESS_PIPE, .timeout_ms = 50};
    struct process_options group = limit;
    int ends[3];

    group.new_group = true;
    assert_int_equal(run_row(ROW(PROCESS_ARGV("sleep", "60"), PROCESS_ARGV("cat"),
                                 PROCESS_ARGV("cat")),
                             3, ends, &limit),
                     ETIMEDOUT);
    assert_int_equal(ends[0], -SIGKILL);
    assert_int_equal(run_row(ROW(SH("sleep 60 & wait"), PROCESS_ARGV("sleep", "60")), 2, ends,
                             &group),
                     ETIMEDOUT);
    assert_int_equal(ends[0], -SIGKILL);
    assert_int_equal(ends[1], -SIGKILL);
    for (ends[1] = 1; ends[1] != 0; limit.timeout_ms *= 2) /* until true has had the time to end */
        assert_int_equal(run_row(ROW(PROCESS_ARGV("sleep", "60"), PROCESS_ARGV("true")), 2, ends,
                                 &limit),
                         ETIMEDOUT);
    assert_non_null(strstr(result.message, "Command '['sleep', '60']' timed out"));
    for (ends[0] = -SIGKILL; ends[0] == -SIGKILL; limit.timeout_ms *= 2)
        assert_int_equal(run_row(ROW(SH("kill -USR1 $$"), PROCESS_ARGV("sleep", "60")), 2, ends,
                                 &limit),
                         ETIMEDOUT);
    assert_non_null(strstr(result.message, "Command '['sleep', '60']' timed out"));
    process_result_destroy(&result);
}

TEST(a_pipeline_with_a_program_that_is_not_there_leaves_nothing)
{
    const struct process_options pipe = {.capture_output = true};
    const char *const *const sleep = PROCESS_ARGV("sleep", "60");
    const char *const *const none = PROCESS_ARGV("/no/such/program");
    const char *const nothing[] = {NULL};

    assert_int_equal(run_row(ROW(sleep, sleep, none), 3, NULL, &pipe), ENOENT);
    assert_int_equal(result.stage, PROCESS_AT_PROGRAM);
    assert_int_equal(run_row(ROW(none, sleep), 2, NULL, &pipe), ENOENT);
    assert_int_equal(run_row(ROW(sleep, nothing), 2, NULL, &pipe), EINVAL);
    assert_int_equal(run_row(ROW(sleep), 0, NULL, &pipe), EINVAL);
    assert_true(strlen(result.message) > 0);
    process_result_destroy(&result);
}

int main(void)
{
    return run_in_each_mode();
}
