/* What a child is given before its program runs: limits, descriptors, files, a terminal. */
#define _GNU_SOURCE /* pipe2, syscall */

#include "process_check.h"

#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>

static struct process child;
static char file[32];

static int setup(void **state)
{
    int fd;

    strcpy(file, "/tmp/test-before-XXXXXX");
    fd = mkstemp(file);
    assert_true(fd >= 0);
    close(fd);
    child = no_process;
    return note_descriptors(state);
}

static int teardown(void **state)
{
    process_destroy(&child);
    unlink(file);
    return expect_nothing_left(state);
}

FIXTURE(setup, teardown);

#define CAPTURE(argv, ...) \
    (process_result_destroy(&result), \
     PROCESS_RUN(&result, argv, .stdout_to = PROCESS_PIPE, __VA_ARGS__))

/* ---- Limits ---- */

TEST(limits_hold_in_the_child_alone)
{
    const struct process_limit limits[] = {{RLIMIT_CPU, {640, 1280}}, {RLIMIT_CORE, {0, 0}}};
    struct rlimit before, after;

    getrlimit(RLIMIT_CPU, &before);
    assert_int_equal(CAPTURE(SH("ulimit -t; ulimit -Ht; ulimit -c"), .limits = limits,
                             .limit_count = 2),
                     0);
    assert_string_equal(result.out, "640\n1280\n0\n");
    getrlimit(RLIMIT_CPU, &after);
    assert_int_equal(before.rlim_cur, after.rlim_cur);
}

TEST(a_limit_that_cannot_be_is_named)
{
    const struct process_limit limit = {1000, {1, 1}};

    skip_under_valgrind();
    assert_int_equal(CAPTURE(PROCESS_ARGV("true"), .limits = &limit, .limit_count = 1), EINVAL);
    assert_int_equal(result.stage, PROCESS_AT_LIMITS);
    assert_string_equal(result.message,
                        "Command '['true']' could not be run: its limits: Invalid argument");
    assert_int_equal(CAPTURE(PROCESS_ARGV("true"), .limit_count = 1), EINVAL);
    assert_int_equal(result.stage, PROCESS_AT_OPTIONS);
}

TEST(niceness_is_added_to_ours)
{
    int wanted = getpriority(PRIO_PROCESS, 0) + 3;

    assert_int_equal(CAPTURE(PROCESS_ARGV("nice"), .nice = 3), 0);
    assert_int_equal(atoi(result.out), wanted < 19 ? wanted : 19);
}

static void *start_and_end(void *arg)
{
    *(int *)arg = PROCESS_START(&child, PROCESS_ARGV("cat"), .stdin_from = PROCESS_PIPE,
                                .death_signal = SIGUSR1);
    return NULL;
}

TEST(the_childs_end_comes_with_the_end_of_who_started_it)
{
    pthread_t thread;
    int err = -1, returncode = 0;

    assert_int_equal(pthread_create(&thread, NULL, start_and_end, &err), 0);
    pthread_join(thread, NULL);
    assert_int_equal(err, 0);
    assert_int_equal(process_wait(&child, PROCESS_FOREVER, &returncode), 0);
    assert_int_equal(returncode, -SIGUSR1);
}

/* ---- Descriptors ---- */

static int open_with(const char *text)
{
    int fd = memfd_create("text", 0);

    assert_int_equal(write(fd, text, strlen(text)), (int)strlen(text));
    lseek(fd, 0, SEEK_SET);
    return fd;
}

/* What we have inherited may have any low number. */
static int moved_up(int fd)
{
    int copy = fcntl(fd, F_DUPFD_CLOEXEC, 20);

    close(fd);
    return copy;
}

TEST(descriptors_may_change_places)
{
    int one = moved_up(open_with("one")), two = moved_up(open_with("two"));
    const int fds[] = {8, 9, 8};
    const int as[] = {9, 8, 7};

    assert_int_equal(dup3(one, 8, O_CLOEXEC), 8);
    assert_int_equal(dup3(two, 9, O_CLOEXEC), 9);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(
            CAPTURE(SH("cat <&9; cat <&8; test -e /proc/self/fd/7 && test ! -e /proc/self/fd/6"),
                    .pass_fds = fds, .pass_as = as, .pass_count = 3),
            0);
        assert_string_equal(result.out, "onetwo");
        assert_int_equal(result.returncode, 0);
        lseek(one, 0, SEEK_SET);
        lseek(two, 0, SEEK_SET);
    }
    close(8);
    close(9);
    close(one);
    close(two);
}

/* The pipe by which a forked child reports has some number, too. */
TEST(an_error_arrives_whichever_numbers_are_wanted)
{
    int fds[40], as[40];

    skip_under_valgrind();
    for (int i = 0; i < 40; i++) {
        fds[i] = open("/dev/null", O_RDONLY | O_CLOEXEC);
        as[i] = i + 3;
    }
    assert_int_equal(CAPTURE(PROCESS_ARGV("/no/such/program"), .pass_fds = fds, .pass_as = as,
                             .pass_count = 40),
                     ENOENT);
    assert_int_equal(CAPTURE(PROCESS_ARGV("true"), .pass_fds = fds, .pass_as = as,
                             .pass_count = 40),
                     0);
    for (int i = 0; i < 40; i++)
        close(fds[i]);
}

TEST(wrong_numbers_are_refused_by_name)
{
    const int fds[] = {5, 6}, low[] = {5, 2}, twice[] = {7, 7};

    assert_int_equal(CAPTURE(PROCESS_ARGV("true"), .pass_fds = fds, .pass_as = low,
                             .pass_count = 2),
                     EINVAL);
    assert_string_equal(result.message, "pass_as has a number below 3");
    assert_int_equal(CAPTURE(PROCESS_ARGV("true"), .pass_fds = fds, .pass_as = twice,
                             .pass_count = 2),
                     EINVAL);
    assert_string_equal(result.message, "pass_as has a number twice");
    assert_int_equal(CAPTURE(PROCESS_ARGV("true"), .pass_as = fds), EINVAL);
    assert_string_equal(result.message, "pass_as without pass_fds");
}

TEST(the_largest_number_of_all_is_emfile)
{
    const int fds[] = {open("/dev/null", O_RDONLY)}, as[] = {INT_MAX};

    assert_int_equal(CAPTURE(PROCESS_ARGV("true"), .pass_fds = fds, .pass_as = as, .pass_count = 1),
                     EMFILE);
    close(fds[0]);
}

TEST(all_that_is_open_can_be_kept)
{
    int open_one = open("/dev/null", O_RDONLY);
    int marked = open("/dev/null", O_RDONLY | O_CLOEXEC);
    char script[128];

    snprintf(script, sizeof script,
             "test -e /proc/$$/fd/%d; echo $?; test -e /proc/$$/fd/%d; echo $?", open_one, marked);
    assert_int_equal(CAPTURE(SH(script), .keep_open = true), 0);
    assert_string_equal(result.out, "0\n1\n");
    assert_int_equal(CAPTURE(SH(script), .keep_open = false), 0);
    assert_string_equal(result.out, "1\n1\n");
    close(open_one);
    close(marked);
}

/* ---- Files ---- */

TEST(streams_lead_to_files_by_name)
{
    assert_int_equal(PROCESS_RUN(&result, SH("echo first; echo why >&2"), .stdout_file = file,
                                 .stderr_to = PROCESS_STDOUT),
                     0);
    process_result_destroy(&result);
    assert_int_equal(PROCESS_RUN(&result, SH("echo second"), .stdout_file = file, .append = true),
                     0);
    assert_int_equal(CAPTURE(PROCESS_ARGV("cat"), .stdin_file = file), 0);
    assert_string_equal(result.out, "first\nwhy\nsecond\n");
    process_result_destroy(&result);
    assert_int_equal(PROCESS_RUN(&result, SH("echo third >&2"), .stderr_file = file), 0);
    assert_int_equal(CAPTURE(PROCESS_ARGV("cat"), .stdin_file = file), 0);
    assert_string_equal(result.out, "third\n");
}

TEST(the_file_that_cannot_be_opened_is_named)
{
    assert_int_equal(CAPTURE(PROCESS_ARGV("cat"), .stdin_file = "/no/such/file"), ENOENT);
    assert_int_equal(result.stage, PROCESS_AT_STREAMS);
    assert_string_equal(result.message, "Command '['cat']' could not be run: file "
                                        "'/no/such/file': No such file or directory");
    assert_int_equal(CAPTURE(PROCESS_ARGV("cat"), .stdout_file = file), EINVAL);
    assert_string_equal(result.message, "stdout_file excludes stdout_to and capture_output");
    assert_int_equal(CAPTURE(PROCESS_ARGV("cat"), .append = true), EINVAL);
}

TEST(nobody_at_the_other_end_of_a_named_pipe_is_a_time_out)
{
    unlink(file);
    assert_int_equal(mkfifo(file, 0600), 0);
    alarm(HANG_SECONDS);
    assert_int_equal(CAPTURE(PROCESS_ARGV("cat"), .stdin_file = file, .timeout_ms = 20), ETIMEDOUT);
    assert_int_equal(result.stage, PROCESS_AT_STREAMS);
    assert_non_null(strstr(result.message, "could not be run: file '"));
    assert_non_null(strstr(result.message, "': nobody opened its other end in time"));
    process_result_destroy(&result);
    assert_int_equal(PROCESS_RUN(&result, SH("echo"), .stdout_file = file, .timeout_ms = 20),
                     ETIMEDOUT);
    assert_int_equal(result.stage, PROCESS_AT_STREAMS);
    alarm(0);
}

TEST(the_other_end_of_a_named_pipe_may_come_later)
{
    char script[64];

    unlink(file);
    assert_int_equal(mkfifo(file, 0600), 0);
    snprintf(script, sizeof script, "exec >%s; echo hello", file);
    assert_int_equal(PROCESS_START(&child, SH(script)), 0);
    assert_int_equal(CAPTURE(PROCESS_ARGV("cat"), .stdin_file = file), 0);
    assert_string_equal(result.out, "hello\n");
    process_destroy(&child);
    process_result_destroy(&result);

    /* More than it holds: who writes waits, as to a pipe that blocks. */
    assert_int_equal(PROCESS_START(&child, PROCESS_ARGV("wc", "-c", file),
                                   .stdout_to = PROCESS_PIPE),
                     0);
    assert_int_equal(PROCESS_RUN(&result, SH("head -c 300000 /dev/zero"), .stdout_file = file), 0);
    assert_int_equal(result.returncode, 0);
    assert_int_equal(process_communicate(&child, NULL, 0, PROCESS_FOREVER), 0);
    assert_memory_equal(child.result.out, "300000 ", 7);
}

/* Has it open, and writes nothing before it is told to. */
static void *open_and_be_silent(void *told)
{
    int fd = open(file, O_WRONLY | O_CLOEXEC);
    char word;
    ssize_t got = read(*(int *)told, &word, 1);

    if (write(fd, &word, (size_t)got) != got)
        abort();
    close(fd);
    return NULL;
}

TEST(who_has_a_named_pipe_open_need_not_have_written)
{
    int told[2];
    pthread_t writer;

    unlink(file);
    assert_int_equal(mkfifo(file, 0600), 0);
    assert_int_equal(pipe2(told, O_CLOEXEC), 0);
    assert_int_equal(pthread_create(&writer, NULL, open_and_be_silent, &told[0]), 0);
    alarm(HANG_SECONDS);
    assert_int_equal(PROCESS_START(&child, PROCESS_ARGV("cat"), .stdin_file = file,
                                   .stdout_to = PROCESS_PIPE),
                     0);
    assert_int_equal(write(told[1], "!", 1), 1); /* the child is there: now it may speak */
    assert_int_equal(process_communicate(&child, NULL, 0, PROCESS_FOREVER), 0);
    alarm(0);
    assert_string_equal(child.result.out, "!");
    pthread_join(writer, NULL);
    close(told[0]);
    close(told[1]);
}

TEST(a_row_reads_a_file_and_writes_one)
{
    const char *const *const row[] = {PROCESS_ARGV("cat"), PROCESS_ARGV("tr", "a-z", "A-Z")};
    char to[64];
    const struct process_options o = {.stdin_file = file, .stdout_file = to};

    snprintf(to, sizeof to, "%s.to", file);
    assert_int_equal(PROCESS_RUN(&result, SH("echo small"), .stdout_file = file), 0);
    process_result_destroy(&result);
    assert_int_equal(process_pipeline(row, 2, &o, NULL, &result), 0);
    assert_int_equal(CAPTURE(PROCESS_ARGV("cat"), .stdin_file = to), 0);
    assert_string_equal(result.out, "SMALL\n");
    unlink(to);
}

/* ---- A terminal ---- */

#define ON_A_TERMINAL \
    .stdin_from = PROCESS_TERMINAL, .stdout_to = PROCESS_TERMINAL, .stderr_to = PROCESS_TERMINAL

TEST(a_child_may_have_a_terminal_of_its_own)
{
    assert_int_equal(PROCESS_RUN(&result,
                                 SH("test -t 0 && test -t 1 && test -t 2 && echo all >/dev/tty"),
                                 ON_A_TERMINAL),
                     0);
    assert_string_equal(result.out, "all\r\n");
    assert_int_equal(result.returncode, 0);
    assert_int_equal(result.err_size, 0);
}

TEST(input_is_typed_and_ends_with_ctrl_d)
{
    static const char *const inputs[] = {"you", "hello\nyou\n"};
    static const char *const seen[] = {"you", "hello\r\nyou\r\n"};

    for (int i = 0; i < 2; i++) {
        process_result_destroy(&result);
        assert_int_equal(PROCESS_RUN(&result, SH("cat; echo end"), ON_A_TERMINAL,
                                     .input = inputs[i], .input_size = strlen(inputs[i]),
                                     .timeout_ms = 600000),
                         0);
        assert_non_null(strstr(result.out, seen[i]));
        assert_non_null(strstr(result.out, "end\r\n"));
    }
}

TEST(a_terminal_for_input_alone_does_not_hang_up)
{
    assert_int_equal(PROCESS_RUN(&result, SH("cat; sleep 0.1; cat; echo end"),
                                 .stdin_from = PROCESS_TERMINAL, .stdout_to = PROCESS_PIPE,
                                 .input = "in\n", .input_size = 3),
                     0);
    assert_string_equal(result.out, "in\nend\n");
    assert_int_equal(result.returncode, 0);
}

TEST(all_on_the_terminal_end_with_it)
{
    assert_int_equal(PROCESS_RUN(&result, SH("sleep 60 & echo up; wait"), ON_A_TERMINAL,
                                 .timeout_ms = 100),
                     ETIMEDOUT);
    assert_int_equal(result.returncode, -SIGKILL);
}

TEST(what_is_open_above_a_lowered_limit_is_closed_too)
{
    int high = fcntl(STDIN_FILENO, F_DUPFD, 200); /* without the mark */
    struct rlimit all, few;

    assert_int_equal(high, 200);
    getrlimit(RLIMIT_NOFILE, &all);
    few = (struct rlimit){.rlim_cur = 100, .rlim_max = all.rlim_max};
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &few), 0);
    assert_int_equal(PROCESS_RUN(&result, SH("test ! -e /proc/$$/fd/200")), 0);
    setrlimit(RLIMIT_NOFILE, &all);
    close(high);
    assert_int_equal(result.returncode, 0);
}

TEST(one_descriptor_may_be_all_three_streams)
{
    char text[16] = "";
    int both[2];

    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, both), 0);
    assert_int_equal(write(both[0], "in", 2), 2);
    shutdown(both[0], SHUT_WR);
    assert_int_equal(PROCESS_RUN(&result, SH("cat; echo -err >&2"), .stdin_from = PROCESS_FD,
                                 .stdin_fd = both[1], .stdout_to = PROCESS_FD, .stdout_fd = both[1],
                                 .stderr_to = PROCESS_FD, .stderr_fd = both[1]),
                     0);
    assert_int_equal(read(both[0], text, sizeof text - 1), 7);
    assert_string_equal(text, "in-err\n");
    close(both[0]);
    close(both[1]);
}

TEST(a_conversation_may_follow_a_pipe_closed_by_hand)
{
    assert_int_equal(PROCESS_START(&child, SH("cat >/dev/null; echo end >&2"),
                                   .capture_output = true, .stdin_from = PROCESS_PIPE),
                     0);
    process_close(&child.stdout_fd);
    assert_int_equal(process_communicate(&child, "in", 2, PROCESS_FOREVER), 0);
    assert_string_equal(child.result.err, "end\n");
    assert_int_equal(child.result.out_size, 0);
    assert_int_equal(process_communicate(&child, NULL, 0, PROCESS_FOREVER), 0);
    assert_int_equal(child.result.returncode, 0);
}

int main(void)
{
    return run_in_each_mode();
}
