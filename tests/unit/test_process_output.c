/* Output as it comes, of one child and of many; and limits in steps. */
#define _GNU_SOURCE /* pipe2, syscall */

#include "process_check.h"

static struct process child;

static int setup(void **state)
{
    child = no_process;
    return note_descriptors(state);
}

static int teardown(void **state)
{
    process_destroy(&child);
    return expect_nothing_left(state);
}

FIXTURE(setup, teardown);

/* ---- A function that gets it ---- */

/* What has been handed on of each stream: "<one><two>", and how often. */
struct heard {
    char text[3][1024];
    size_t bytes;
    int calls;
    int answer_fd;   /* is written to at the first call, unless 0 */
    int refuse_at;   /* the number of the call that is refused, from 1 on */
    int refuse_with; /* an error; 0: ECANCELED */
};

static int hear(void *context, int stream, const char *data, size_t size)
{
    struct heard *h = context;
    char *text = h->text[stream];
    size_t used = strlen(text);

    assert_int_equal(data[size], '\0');
    h->bytes += size;
    if (h->calls++ == 0 && h->answer_fd != 0)
        assert_int_equal(write(h->answer_fd, "x\n", 2), 2);
    if (used + size + 3 < sizeof h->text[0])
        snprintf(text + used, sizeof h->text[0] - used, "<%s>", data);
    if (h->calls != h->refuse_at)
        return 0;
    return h->refuse_with != 0 ? h->refuse_with : ECANCELED;
}

TEST(lines_of_both_streams_are_handed_on_whole)
{
    struct heard h = {.calls = 0};

    assert_int_equal(PROCESS_RUN(&result,
                                 SH("printf 'one\\ntw'; sleep 0.1; printf 'o\\n\\n'; sleep 0.1; "
                                    "echo why >&2; sleep 0.1; printf last"),
                                 .capture_output = true, .on_output = hear, .context = &h,
                                 .by_line = true),
                     0);
    assert_string_equal(h.text[1], "<one\n><two\n><\n><last>");
    assert_string_equal(h.text[2], "<why\n>");
    assert_string_equal(result.out, "");
    assert_int_equal(result.out_size + result.err_size, 0);
}

TEST(output_is_handed_on_while_the_child_runs)
{
    struct heard h = {.calls = 0};

    take_leash();
    h.answer_fd = leash[1];
    assert_int_equal(PROCESS_RUN(&result, SH("echo up; read x; echo $x"), .stdin_from = PROCESS_FD,
                                 .stdin_fd = leash[0], .stdout_to = PROCESS_PIPE, .on_output = hear,
                                 .context = &h),
                     0);
    let_go();
    assert_string_equal(h.text[1], "<up\n><x\n>");
}

TEST(a_line_may_be_longer_than_any_pipe)
{
    struct heard h = {.calls = 0};

    assert_int_equal(PROCESS_RUN(&result, SH("head -c 5000000 /dev/zero; echo; echo after"),
                                 .capture_output = true, .on_output = hear, .context = &h,
                                 .by_line = true),
                     0);
    assert_int_equal(h.calls, 2);
    assert_int_equal(h.bytes, 5000007);
}

TEST(what_is_refused_ends_the_child)
{
    struct heard h = {.refuse_at = 2};

    alarm(HANG_SECONDS);
    assert_int_equal(PROCESS_RUN(&result, PROCESS_ARGV("yes"), .stdout_to = PROCESS_PIPE,
                                 .on_output = hear, .context = &h, .by_line = true),
                     ECANCELED);
    alarm(0);
    assert_int_equal(h.calls, 2);
    assert_true(result.returncode == -SIGKILL || result.returncode == -SIGPIPE);
    assert_string_equal(
        result.message,
        "Command '['yes']' was ended, for its output was refused: Operation canceled");
}

TEST(a_refusal_is_no_time_out_whatever_its_number)
{
    struct heard h = {.refuse_at = 1, .refuse_with = ETIMEDOUT};
    const char *const *const row[] = {PROCESS_ARGV("sleep", "600"), PROCESS_ARGV("yes")};
    const struct process_options o = {.stdout_to = PROCESS_PIPE,
                                      .on_output = hear,
                                      .context = &h,
                                      .timeout_ms = HANG_SECONDS * 1000,
                                      .grace_ms = HANG_SECONDS * 1000};

    assert_int_equal(process_run(PROCESS_ARGV("yes"), &o, &result), ETIMEDOUT);
    assert_non_null(strstr(result.message, "its output was refused"));
    process_result_destroy(&result);
    h.calls = 0;
    assert_int_equal(process_pipeline(row, 2, &o, NULL, &result), ETIMEDOUT);
    assert_non_null(strstr(result.message, "its output was refused"));
}

TEST(no_more_than_the_limit_is_handed_on)
{
    struct heard h = {.calls = 0};

    assert_int_equal(PROCESS_RUN(&result, PROCESS_ARGV("yes"), .stdout_to = PROCESS_PIPE,
                                 .on_output = hear, .context = &h, .by_line = true,
                                 .output_limit = 5),
                     EFBIG);
    assert_string_equal(h.text[1], "<y\n><y\n><y>");
}

TEST(a_handle_hands_on_and_carries_on)
{
    struct heard h = {.refuse_at = 1};

    assert_int_equal(PROCESS_START(&child, SH("echo one; cat; echo two"),
                                   .stdin_from = PROCESS_PIPE, .stdout_to = PROCESS_PIPE,
                                   .on_output = hear, .context = &h, .by_line = true),
                     0);
    assert_int_equal(process_communicate(&child, "in\n", 3, PROCESS_FOREVER), ECANCELED);
    assert_int_equal(process_communicate(&child, NULL, 0, PROCESS_FOREVER), 0);
    assert_string_equal(h.text[1], "<one\n><in\n><two\n>");
}

TEST(a_row_hands_on_what_its_last_one_prints)
{
    const char *const *const row[] = {SH("echo a; echo b >&2"), PROCESS_ARGV("tr", "a", "x")};
    struct heard h = {.calls = 0};
    const struct process_options o = {.capture_output = true,
                                      .on_output = hear,
                                      .context = &h,
                                      .by_line = true};
    const struct process_options unheard = {.on_output = hear};

    assert_int_equal(process_pipeline(row, 2, &o, NULL, &result), 0);
    assert_string_equal(h.text[1], "<x\n>");
    assert_string_equal(h.text[2], "<b\n>");
    process_result_destroy(&result);
    assert_int_equal(process_pipeline(row, 2, &unheard, NULL, &result), EINVAL);
}

TEST(a_function_without_a_pipe_is_a_mistake)
{
    assert_int_equal(PROCESS_RUN(&result, PROCESS_ARGV("true"), .on_output = hear), EINVAL);
    assert_string_equal(result.message, "on_output without a PROCESS_PIPE: see capture_output");
    process_result_destroy(&result);
    assert_int_equal(PROCESS_RUN(&result, PROCESS_ARGV("true"), .by_line = true), EINVAL);
    process_result_destroy(&result);
    assert_int_equal(PROCESS_RUN(&result, PROCESS_ARGV("true"), .drain_ms = -1), EINVAL);
    process_result_destroy(&result);
    assert_int_equal(PROCESS_RUN(&result, PROCESS_ARGV("true"), .grace_ms = 1), EINVAL);
    process_result_destroy(&result);
    assert_int_equal(PROCESS_RUN(&result, PROCESS_ARGV("true"), .stop_signal = 1000), EINVAL);
}

/* ---- Limits in steps ---- */

/* Until the time-out comes after the child has printed: no fixed time is long enough. */
static void time_out_when_up(const char *const argv[], const struct process_options *options)
{
    struct process_options o = *options;

    o.stdout_to = PROCESS_PIPE;
    alarm(HANG_SECONDS);
    for (o.timeout_ms = 50;; o.timeout_ms *= 2) {
        assert_int_equal(process_run(argv, &o, &result), ETIMEDOUT);
        if (strncmp(result.out, "up\n", 3) == 0)
            break;
        process_result_destroy(&result);
    }
    alarm(0);
}

#define CLEANS_UP(signal) \
    SH("trap 'echo bye; exit 7' " signal "; echo up; while :; do sleep 0.02; done")

TEST(who_is_given_a_grace_ends_in_its_own_way)
{
    time_out_when_up(CLEANS_UP("TERM"), &(struct process_options){.grace_ms = 600000});
    assert_int_equal(result.returncode, 7);
    assert_string_equal(result.out, "up\nbye\n");
    assert_non_null(strstr(result.message, " timed out after "));
    process_result_destroy(&result);
    time_out_when_up(CLEANS_UP("USR1"),
                     &(struct process_options){.grace_ms = 600000, .stop_signal = SIGUSR1});
    assert_int_equal(result.returncode, 7);
}

TEST(who_does_not_use_the_grace_is_killed)
{
    time_out_when_up(SH("trap '' TERM; echo up; while :; do sleep 0.02; done"),
                     &(struct process_options){.grace_ms = 50});
    assert_int_equal(result.returncode, -SIGKILL);
}

TEST(the_rest_of_a_group_does_not_outlive_the_grace)
{
    take_leash();
    time_out_when_up(
        SH("(trap '' TERM; exec cat <&9) 9<&0 & trap 'exit 7' TERM; sleep 0.1; echo up; "
           "while :; do sleep 0.02; done"),
        &(struct process_options){.grace_ms = 600000,
                                  .drain_ms = 1,
                                  .stderr_to = PROCESS_DEVNULL,
                                  .new_group = true,
                                  .stdin_from = PROCESS_FD,
                                  .stdin_fd = leash[0]});
    assert_int_equal(result.returncode, 7);
    process_close(&leash[0]); /* once the cat has gone, too, nobody reads it */
    signal(SIGPIPE, SIG_IGN);
    while (write(leash[1], "x", 1) == 1)
        poll(NULL, 0, 1);
    assert_int_equal(errno, EPIPE);
    signal(SIGPIPE, SIG_DFL);
    close(leash[1]);
    alarm(0);
}

TEST(a_row_is_given_a_grace_as_well)
{
    const char *const *const row[] = {CLEANS_UP("TERM"), SH("trap '' TERM; cat")};
    struct process_options o = {.stdout_to = PROCESS_PIPE, .grace_ms = 600000, .timeout_ms = 50};
    int ends[2] = {0, 0};

    alarm(HANG_SECONDS);
    for (;; o.timeout_ms *= 2) {
        assert_int_equal(process_pipeline(row, 2, &o, ends, &result), ETIMEDOUT);
        if (strncmp(result.out, "up\n", 3) == 0)
            break; /* both were ready for their signal */
        process_result_destroy(&result);
    }
    alarm(0);
    assert_int_equal(ends[0], 7);
    assert_int_equal(ends[1], 0);
    assert_string_equal(result.out, "up\nbye\n");
}

TEST(stop_asks_first_and_then_kills)
{
    char up[4] = "";
    int returncode = 0;

    for (int i = 0; i < 2; i++) {
        process_destroy(&child);
        assert_int_equal(PROCESS_START(&child,
                                       i == 0 ? CLEANS_UP("TERM")
                                              : SH("trap '' TERM; echo up; exec sleep 60"),
                                       .stdout_to = PROCESS_PIPE),
                         0);
        assert_int_equal(read(child.stdout_fd, up, 3), 3);
        assert_int_equal(process_stop(&child, i == 0 ? 600000 : 20, &returncode), 0);
        assert_int_equal(returncode, i == 0 ? 7 : -SIGKILL);
    }
    assert_int_equal(process_stop(&child, 0, &returncode), 0); /* it has ended */
    assert_int_equal(process_stop(&child, -1, NULL), EINVAL);
}

TEST(one_that_is_stopped_goes_on_to_end)
{
    static const char polite[] = "trap 'exit 4' TERM; echo up; while :; do sleep 0.01; done";
    siginfo_t info;
    int returncode = 0;
    char up[3];

    assert_int_equal(PROCESS_START(&child, SH(polite), .stdout_to = PROCESS_PIPE), 0);
    assert_int_equal(read(child.stdout_fd, up, sizeof up), sizeof up);
    assert_int_equal(process_send_signal(&child, SIGSTOP), 0);
    assert_int_equal(waitid(P_PID, (id_t)child.pid, &info, WSTOPPED), 0);
    alarm(HANG_SECONDS);
    assert_int_equal(process_stop(&child, 20000, &returncode), 0);
    alarm(0);
    assert_int_equal(returncode, 4);
    process_destroy(&child);
}

TEST(output_that_a_daemon_holds_is_waited_for_no_longer_than_said)
{
    take_leash();
    assert_int_equal(PROCESS_RUN(&result, SH(ON_LEASH("cat") "echo up; exit 3"),
                                 .stdin_from = PROCESS_FD, .stdin_fd = leash[0],
                                 .capture_output = true, .drain_ms = 1),
                     0);
    assert_int_equal(result.returncode, 3);
    assert_string_equal(result.out, "up\n");
    process_result_destroy(&result);
    for (int64_t limit = 50;; limit *= 2) {
        assert_int_equal(PROCESS_RUN(&result, SH(ON_LEASH("cat") "exit 3"),
                                     .stdin_from = PROCESS_FD, .stdin_fd = leash[0],
                                     .capture_output = true, .timeout_ms = limit),
                         ETIMEDOUT);
        if (strstr(result.message, "; it had ended, but others hold its output") != NULL)
            break; /* it was not too busy to end before that */
        process_result_destroy(&result);
    }
    let_go();
    assert_int_equal(result.returncode, 3);
}

TEST(late_output_within_the_drain_is_taken)
{
    assert_int_equal(PROCESS_RUN(&result, SH("echo early; (sleep 0.2; echo late) &"),
                                 .capture_output = true, .drain_ms = 600000),
                     0);
    assert_string_equal(result.out, "early\nlate\n");
}

TEST(a_write_has_a_limit_and_says_how_far_it_got)
{
    enum { SIZE = 1 << 20 };
    char *data = calloc(1, SIZE);
    size_t written = 0, more = 0;
    siginfo_t stopped;

    assert_int_equal(PROCESS_START(&child, PROCESS_ARGV("cat"), .stdin_from = PROCESS_PIPE,
                                   .stdout_to = PROCESS_DEVNULL),
                     0);
    kill(child.pid, SIGSTOP);
    assert_int_equal(waitid(P_PID, (id_t)child.pid, &stopped, WSTOPPED), 0);
    assert_int_equal(process_write_within(&child, data, SIZE, 20, &written), ETIMEDOUT);
    assert_true(written >= 4096 && written < SIZE);
    assert_int_equal(fcntl(child.stdin_fd, F_GETFL) & O_NONBLOCK, 0);
    kill(child.pid, SIGCONT);
    assert_int_equal(process_write_within(&child, data + written, SIZE - written, 600000, &more),
                     0);
    assert_int_equal(written + more, SIZE);
    assert_int_equal(process_write_within(&child, data, 1, -1, &more), EINVAL);
    free(data);
}

/* Make the fifo at `path` and open it for reading, so that a writer need not wait. */
static int make_fifo(const char *path)
{
    int fd;

    assert_int_equal(mkfifo(path, 0600), 0);
    fd = open(path, O_RDONLY | O_NONBLOCK);
    assert_true(fd >= 0);
    return fd;
}

/*
 * The daemon has left its group and its session; it holds the write end of a fifo.
 * Where the limit came before it was up, another one may have been born while the
 * grace went on, of which nothing is promised: each try has a fifo of its own, and
 * all daemons read from the leash.
 */
static void expect_a_daemon_to_end(const char *script, const struct process_options *options,
                                   int returncode)
{
    struct process_options o = *options;
    char fifo[] = "/tmp/test-tree-XXXXXX/fifo";
    char *slash = strrchr(fifo, '/');
    struct pollfd fd = {.fd = -1, .events = POLLIN};
    char c;

    *slash = '\0';
    assert_non_null(mkdtemp(fifo));
    *slash = '/';
    take_leash();
    o.stdin_from = PROCESS_FD;
    o.stdin_fd = leash[0];
    o.stdout_to = PROCESS_PIPE;
    for (o.timeout_ms = 50;; o.timeout_ms *= 2) {
        fd.fd = make_fifo(fifo);
        assert_int_equal(process_run(PROCESS_ARGV("sh", "-c", script, fifo), &o, &result),
                         ETIMEDOUT);
        unlink(fifo);
        if (strncmp(result.out, "up\n", 3) == 0)
            break;
        process_result_destroy(&result);
        close(fd.fd);
    }
    assert_int_equal(result.returncode, returncode);
    assert_int_equal(poll(&fd, 1, HANG_SECONDS * 1000), 1);
    assert_int_equal(read(fd.fd, &c, 1), 0); /* nobody holds it any more */
    close(fd.fd);
    let_go();
    *slash = '\0';
    rmdir(fifo);
}

#define DAEMON "exec 9>\"$0\" 8<&0; setsid sh -c 'setsid cat <&8 & echo up; wait' & wait; wait"

TEST(all_below_ends_with_a_limit_although_it_left_the_group)
{
    expect_a_daemon_to_end(DAEMON, &(struct process_options){.new_group = true, .end_tree = true},
                           -SIGKILL);
}

/* The child ends when it is asked to, and is nobody's parent any more. */
TEST(all_that_was_below_ends_with_a_grace_as_well)
{
    char said[4] = "";

    expect_a_daemon_to_end(
        DAEMON, &(struct process_options){.end_tree = true, .grace_ms = 600000, .drain_ms = 1},
        -SIGTERM);
    process_result_destroy(&result);
    assert_int_equal(PROCESS_START(&child, SH("setsid sleep 100000 & echo up; wait"),
                                   .stdout_to = PROCESS_PIPE, .end_tree = true),
                     0);
    alarm(HANG_SECONDS);
    assert_int_equal(read(child.stdout_fd, said, 3), 3);
    assert_int_equal(process_stop(&child, 600000, NULL), 0);
    assert_int_equal(read(child.stdout_fd, said, 3), 0); /* nobody has the other end */
    alarm(0);
}

/* ---- Many ---- */

enum { MANY = 10 };
static struct process many[MANY];

static void destroy_many(void)
{
    for (int i = 0; i < MANY; i++)
        if (many[i].pid != 0)
            process_destroy(&many[i]);
    memset(many, 0, sizeof many);
}

TEST(ten_children_are_found_as_they_end_each_once_and_whole)
{
    bool found[MANY] = {false};
    size_t i;

    for (i = 0; i < MANY; i++)
        assert_int_equal(PROCESS_START(&many[i],
                                       SH("head -c 200000 /dev/zero; head -c 100000 /dev/zero >&2;"
                                          " exit 4"),
                                       .capture_output = true),
                         0);
    while (process_next(many, MANY, PROCESS_FOREVER, &i) == 0) {
        assert_false(found[i]);
        found[i] = true;
        assert_int_equal(many[i].result.returncode, 4);
        assert_int_equal(many[i].result.out_size, 200000);
        assert_int_equal(many[i].result.err_size, 100000);
        assert_non_null(strstr(many[i].result.message, "exit status 4"));
    }
    for (i = 0; i < MANY; i++)
        assert_true(found[i]);
    assert_int_equal(process_next(many, MANY, 0, &i), ECHILD);
    destroy_many();
}

TEST(who_ends_first_is_found_first)
{
    size_t which = 77;

    take_leash();
    assert_int_equal(PROCESS_START(&many[0], PROCESS_ARGV("cat"), .stdin_from = PROCESS_FD,
                                   .stdin_fd = leash[0]),
                     0);
    assert_int_equal(PROCESS_START(&many[4], PROCESS_ARGV("/no/such/program")), ENOENT);
    assert_int_equal(PROCESS_START(&many[7], SH("exit 2")), 0);
    assert_int_equal(process_next(many, MANY, PROCESS_FOREVER, &which), 0);
    assert_int_equal(which, 7);
    assert_int_equal(process_next(many, MANY, 20, &which), ETIMEDOUT);
    assert_int_equal(which, 7);
    process_destroy(&many[7]);
    assert_int_equal(PROCESS_START(&many[7], SH("exit 3")), 0); /* anew, in its place */
    assert_int_equal(process_next(many, MANY, PROCESS_FOREVER, &which), 0);
    assert_int_equal(which, 7);
    assert_int_equal(many[7].result.returncode, 3);
    let_go();
    assert_int_equal(process_next(many, MANY, PROCESS_FOREVER, &which), 0);
    assert_int_equal(which, 0);
    process_destroy(&many[4]);
    many[4].pid = 0;
    destroy_many();
    assert_int_equal(process_next(many, 0, 0, &which), ECHILD);
    assert_int_equal(process_next(many, MANY, -1, &which), EINVAL);
}

TEST(the_one_that_prints_too_much_is_named)
{
    size_t which = 77;

    assert_int_equal(PROCESS_START(&many[2], PROCESS_ARGV("yes"), .stdout_to = PROCESS_PIPE,
                                   .output_limit = 5),
                     0);
    assert_int_equal(process_next(many, MANY, PROCESS_FOREVER, &which), EFBIG);
    assert_int_equal(which, 2);
    assert_string_equal(many[2].result.out, "y\ny\ny");
    assert_int_equal(process_next(many, MANY, PROCESS_FOREVER, &which), ECHILD);
    destroy_many();
}

/* poll(2) refuses more entries than we may have descriptors. */
static int find_one_among_very_many(void)
{
    static struct process crowd[2000];
    struct rlimit limit;
    size_t which = 0;

    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = 64;
    if (setrlimit(RLIMIT_NOFILE, &limit) != 0)
        return 1;
    if (PROCESS_START(&crowd[1999], SH("echo hello"), .capture_output = true) != 0)
        return 2;
    if (process_next(crowd, 2000, PROCESS_FOREVER, &which) != 0 || which != 1999)
        return 3;
    which = strcmp(crowd[1999].result.out, "hello\n") == 0;
    process_destroy(&crowd[1999]);
    return which == 1 ? 0 : 4;
}

TEST(one_among_two_thousand_is_found)
{
    expect_zero_in_a_fork(find_one_among_very_many);
}

/* ---- One that lives on ---- */

/* Until it has been collected: a start does that, once it has ended. */
static void expect_to_be_collected(pid_t pid)
{
    alarm(HANG_SECONDS);
    while (kill(pid, 0) == 0) {
        process_result_destroy(&result);
        assert_int_equal(PROCESS_RUN(&result, PROCESS_ARGV("true")), 0);
    }
    alarm(0);
}

TEST(a_detached_child_lives_on_and_leaves_no_zombie)
{
    pid_t pid;

    take_leash();
    assert_int_equal(PROCESS_START(&child, PROCESS_ARGV("cat"), .stdin_from = PROCESS_FD,
                                   .stdin_fd = leash[0], .stdout_to = PROCESS_PIPE),
                     0);
    pid = child.pid;
    assert_int_equal(process_detach(&child), 0);
    assert_int_equal(PROCESS_RUN(&result, PROCESS_ARGV("true")), 0);
    assert_int_equal(kill(pid, 0), 0);
    assert_int_equal(waitpid(pid, NULL, WNOHANG), 0); /* it runs */
    let_go();
    expect_to_be_collected(pid);
}

TEST(who_has_ended_is_detached_as_it_is_destroyed)
{
    assert_int_equal(PROCESS_START(&child, PROCESS_ARGV("true")), 0);
    assert_int_equal(process_wait(&child, PROCESS_FOREVER, NULL), 0);
    assert_int_equal(process_detach(&child), 0);
    assert_int_equal(process_detach(&child), 0); /* twice is harmless */
}

/* ---- What is known of one ---- */

TEST(a_descriptor_says_that_it_has_ended)
{
    struct pollfd end;
    int returncode = 0;

    assert_int_equal(PROCESS_START(&child, SH("cat; exit 5"), .stdin_from = PROCESS_PIPE), 0);
    end = (struct pollfd){.fd = process_end_fd(&child), .events = POLLIN};
    if (strcmp(getenv("PROCESS_SPAWN"), "portable") == 0)
        assert_int_equal(end.fd, -1);
    if (end.fd >= 0) {
        assert_int_equal(poll(&end, 1, 0), 0);
        process_close(&child.stdin_fd);
        assert_int_equal(poll(&end, 1, HANG_SECONDS * 1000), 1);
        assert_int_equal(process_poll(&child, &returncode), 0);
        assert_int_equal(returncode, 5);
    }
}

TEST(what_it_used_is_known_once_it_has_ended)
{
    struct rusage usage = {.ru_maxrss = 0};

    assert_int_equal(PROCESS_START(&child, PROCESS_ARGV("cat"), .stdin_from = PROCESS_PIPE), 0);
    assert_int_equal(process_usage(&child, &usage), EBUSY);
    process_close(&child.stdin_fd);
    assert_int_equal(process_wait(&child, PROCESS_FOREVER, NULL), 0);
    assert_int_equal(process_usage(&child, &usage), 0);
    assert_int_equal(PROCESS_RUN(&result, SH("i=0; while [ $i -lt 20000 ]; do i=$((i+1)); done")),
                     0);
#if defined __linux__ && defined __LP64__
    assert_true(usage.ru_maxrss > 0);
    assert_true(result.usage.ru_utime.tv_sec + result.usage.ru_utime.tv_usec +
                    result.usage.ru_stime.tv_usec >
                0);
#endif
}

TEST(a_wait_is_described_in_words)
{
    char text[128], cut[8];

    assert_int_equal(PROCESS_START(&child, SH("cat; exit 5"), .stdin_from = PROCESS_PIPE), 0);
    process_describe(&child, process_wait(&child, 20, NULL), 20, text, sizeof text);
    assert_string_equal(text, "Command '['sh', '-c', 'cat; exit 5']' timed out after 0.02 seconds");
    process_close(&child.stdin_fd);
    process_describe(&child, process_wait(&child, PROCESS_FOREVER, NULL), 0, text, sizeof text);
    assert_string_equal(text,
                        "Command '['sh', '-c', 'cat; exit 5']' returned non-zero exit status 5.");
    process_describe(&child, 0, 0, cut, sizeof cut);
    assert_string_equal(cut, "Command");
}

int main(void)
{
    return run_in_each_mode();
}
