/* process_run's limits, on time, output and what is left behind; and in bad company. */
#define _GNU_SOURCE /* pipe2 */

#include "process_check.h"

FIXTURE(note_descriptors, expect_nothing_left);

/* ---- Limits ---- */

/*
 * Until the time-out comes after the child has printed `least` bytes: on a
 * busy machine no fixed time is long enough.
 */
static void time_out_after_output(const char *const argv[], const struct process_options *options,
                                  size_t least)
{
    struct process_options o = *options;

    for (o.timeout_ms = 100;; o.timeout_ms *= 2) {
        struct timespec limit = clock_after_ms(o.timeout_ms);

        assert_int_equal(process_run(argv, &o, &result), ETIMEDOUT);
        assert_true(clock_passed(limit));
        if (result.out_size + result.err_size >= least)
            return;
        process_result_destroy(&result);
    }
}

TEST(a_time_out_kills_reaps_and_keeps_what_was_printed)
{
    time_out_after_output(SH("echo partial; echo why >&2; exec sleep 60"),
                          &(struct process_options){.capture_output = true}, 12);
    assert_int_equal(result.returncode, -SIGKILL);
    assert_string_equal(result.out, "partial\n");
    assert_string_equal(result.err, "why\n");
}

TEST(a_time_out_also_ends_a_child_that_never_stops_printing)
{
    time_out_after_output(PROCESS_ARGV("yes"), &(struct process_options){.stdout_to = PROCESS_PIPE},
                          1);
    assert_int_equal(result.out[0], 'y');
    assert_int_equal(result.out[result.out_size], '\0');
}

TEST(a_time_out_also_ends_a_child_that_never_reads)
{
    char *data = calloc(1, 1 << 20);

    assert_int_equal(PROCESS_RUN(&result, PROCESS_ARGV("sleep", "60"), .timeout_ms = 50,
                                 .input = data, .input_size = 1 << 20),
                     ETIMEDOUT);
    free(data);
}

TEST(a_time_out_does_not_wait_for_a_grandchild_with_the_pipe)
{
    take_leash();
    time_out_after_output(SH(ON_LEASH("cat") "echo started"),
                          &(struct process_options){.capture_output = true,
                                                    .stdin_from = PROCESS_FD,
                                                    .stdin_fd = leash[0]},
                          8);
    let_go();
    assert_true(result.returncode == 0 || result.returncode == -SIGKILL);
    assert_string_equal(result.out, "started\n");
}

/* A fifo whose writers have all gone is at its end: so we see a grandchild die. */
static void expect_no_writer_is_left(int fifo)
{
    struct pollfd fd = {.fd = fifo, .events = POLLIN};

    assert_int_equal(poll(&fd, 1, HANG_SECONDS * 1000), 1);
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

TEST(a_time_out_ends_the_whole_group)
{
    int fifo = open_fifo();

    time_out_after_output(PROCESS_ARGV("sh", "-c", "exec 9>\"$0\"; sleep 60 & echo up; wait",
                                       fifo_path),
                          &(struct process_options){.capture_output = true, .new_group = true}, 3);
    assert_string_equal(result.out, "up\n");
    expect_no_writer_is_left(fifo);
    close_fifo(fifo);
}

TEST(end_group_ends_what_the_child_left_and_does_not_wait_for_it)
{
    int fifo = open_fifo();

    take_leash();
    assert_int_equal(PROCESS_RUN(&result,
                                 PROCESS_ARGV("sh", "-c",
                                              "exec 8>\"$0\"; " ON_LEASH("cat") "echo up",
                                              fifo_path),
                                 .stdin_from = PROCESS_FD, .stdin_fd = leash[0],
                                 .capture_output = true, .new_group = true, .end_group = true),
                     0);
    expect_no_writer_is_left(fifo);
    let_go();
    assert_int_equal(result.returncode, 0);
    assert_string_equal(result.out, "up\n");
    close_fifo(fifo);
}

TEST(end_group_takes_all_that_the_child_itself_printed)
{
    assert_int_equal(
        PROCESS_RUN(&result, SH("sleep 60 & head -c 300000 /dev/zero; head -c 60000 /dev/zero >&2"),
                    .capture_output = true, .new_group = true, .end_group = true),
        0);
    assert_int_equal(result.out_size, 300000);
    assert_int_equal(result.err_size, 60000);
}

/*
 * The child stops us, fills the pipe, ends, and has us continued: its end and
 * its output are then seen at once, and one read does not take all of it.
 */
#define STOP_FILL_AND_END \
    SH("(sleep 0.3; kill -CONT $PPID; sleep 60) & kill -STOP $PPID; head -c 65536 /dev/zero")

static int find_a_full_pipe(void)
{
    struct process_result r;
    int err = PROCESS_RUN(&r, STOP_FILL_AND_END, .stdout_to = PROCESS_PIPE, .new_group = true,
                          .end_group = true);
    int status = err != 0 ? 1 : r.out_size != 65536 ? 2 : 0;

    process_result_destroy(&r);
    return status;
}

static int find_a_pipe_too_full(void)
{
    struct process_result r;
    int err = PROCESS_RUN(&r, STOP_FILL_AND_END, .stdout_to = PROCESS_PIPE, .new_group = true,
                          .end_group = true, .output_limit = 65535);
    int status = err != EFBIG ? 1 : r.out_size != 65535 ? 2 : 0;

    process_result_destroy(&r);
    return status;
}

/* The kernel says how much of it has come to us; more is under way. */
TEST(end_group_takes_all_that_was_printed_on_a_terminal)
{
    for (int i = 0; i < 10; i++) {
        assert_int_equal(PROCESS_RUN(&result, PROCESS_ARGV("seq", "20000"),
                                     .stdout_to = PROCESS_TERMINAL, .end_group = true),
                         0);
        assert_int_equal(result.out_size, 108894 + 20000); /* a '\r' for each line */
        process_result_destroy(&result);
    }
}

TEST(what_is_in_the_pipe_when_the_child_has_ended_is_taken)
{
    expect_zero_in_a_fork(find_a_full_pipe);
    expect_zero_in_a_fork(find_a_pipe_too_full);
}

TEST(waiting_costs_no_processor_time)
{
    struct rusage before, after;
    int64_t used_us;

    getrusage(RUSAGE_SELF, &before);
    assert_int_equal(PROCESS_RUN(&result, SH("sleep 0.5 &"), .capture_output = true), 0);
    getrusage(RUSAGE_SELF, &after);
    used_us = (after.ru_utime.tv_sec - before.ru_utime.tv_sec + after.ru_stime.tv_sec -
               before.ru_stime.tv_sec) *
                  INT64_C(1000000) +
              after.ru_utime.tv_usec - before.ru_utime.tv_usec + after.ru_stime.tv_usec -
              before.ru_stime.tv_usec;
    assert_true(used_us < 200000);
}

TEST(end_group_does_not_wait_for_one_that_left_the_group)
{
    take_leash();
    assert_int_equal(PROCESS_RUN(&result, SH(ON_LEASH("setsid cat") "echo up; sleep 0.2"),
                                 .stdin_from = PROCESS_FD, .stdin_fd = leash[0],
                                 .capture_output = true, .new_group = true, .end_group = true),
                     0);
    let_go();
    assert_string_equal(result.out, "up\n");
}

TEST(without_end_group_late_output_of_a_grandchild_is_awaited)
{
    assert_int_equal(PROCESS_RUN(&result, SH("(sleep 0.2; echo late) & echo early"),
                                 .capture_output = true),
                     0);
    assert_string_equal(result.out, "early\nlate\n");
}

TEST(the_end_is_seen_although_a_grandchild_lives_on)
{
    take_leash();
    assert_int_equal(PROCESS_RUN(&result, SH(ON_LEASH("cat") "exit 5"), .stdin_from = PROCESS_FD,
                                 .stdin_fd = leash[0], .stdout_to = PROCESS_DEVNULL,
                                 .stderr_to = PROCESS_DEVNULL),
                     0);
    let_go();
    assert_int_equal(result.returncode, 5);
}

TEST(a_child_that_closed_its_streams_is_still_waited_for)
{
    assert_int_equal(PROCESS_RUN(&result, SH("exec >&- 2>&-; sleep 0.2; exit 6"),
                                 .capture_output = true),
                     0);
    assert_int_equal(result.returncode, 6);
}

TEST(a_time_limit_of_all_time_does_not_overflow)
{
    assert_int_equal(PROCESS_RUN(&result, PROCESS_ARGV("true"), .timeout_ms = INT64_MAX), 0);
    process_result_destroy(&result);
    assert_int_equal(PROCESS_RUN(&result, PROCESS_ARGV("true"), .timeout_ms = INT64_MAX / 2000000),
                     0);
}

TEST(a_result_used_again_gives_its_memory_to_the_next)
{
    const char *const *much = SH("head -c 8388608 /dev/zero");
    struct process_result next;
    char *memory;

    assert_int_equal(PROCESS_RUN(&result, much, .stdout_to = PROCESS_PIPE), 0);
    memory = result.out;
    assert_int_equal(PROCESS_RUN(&result, much, .stdout_to = PROCESS_PIPE, .reuse = &result), 0);
    assert_int_equal(result.out_size, 8388608);
    assert_ptr_equal(result.out, memory);
    assert_int_equal(PROCESS_RUN(&next, SH("echo few"), .capture_output = true, .reuse = &result),
                     0);
    assert_string_equal(next.out, "few\n");
    assert_string_equal(next.err, "");
    assert_null(result.out);
    assert_int_equal(PROCESS_RUN(&next, PROCESS_ARGV("/is/not/there"), .reuse = &next), ENOENT);
    assert_string_equal(next.out, "");
    process_result_destroy(&next);
}

/* It would be written over while it is read. */
TEST(what_the_call_reads_is_not_reused)
{
    assert_int_equal(PROCESS_RUN(&result, SH("echo /bin/echo; echo >&2"), .capture_output = true),
                     0);
    assert_int_equal(PROCESS_RUN(&result, PROCESS_ARGV("cat"), .input = result.out + 1,
                                 .input_size = 1, .capture_output = true, .reuse = &result),
                     EINVAL);
    assert_string_equal(result.message, "input is in the result that is reused");
    process_result_destroy(&result);
    assert_int_equal(PROCESS_RUN(&result, SH("echo; echo word >&2"), .capture_output = true), 0);
    assert_int_equal(PROCESS_RUN(&result, PROCESS_ARGV("echo", result.err), .capture_output = true,
                                 .reuse = &result),
                     EINVAL);
    assert_string_equal(result.message, "a word of argv is in the result that is reused");
}

TEST(who_has_no_result_of_its_own_reuses_none)
{
    struct process child;
    const char *const *row[] = {PROCESS_ARGV("true")};

    assert_int_equal(PROCESS_START(&child, row[0], .reuse = &child.result), EINVAL);
    process_destroy(&child);
    assert_int_equal(process_pipeline(row, 1, &(struct process_options){.reuse = &result}, NULL,
                                      &result),
                     EINVAL);
}

TEST(output_beyond_the_limit_is_efbig_and_cut_there)
{
    assert_int_equal(PROCESS_RUN(&result, PROCESS_ARGV("yes"), .output_limit = 5,
                                 .capture_output = true),
                     EFBIG);
    assert_string_equal(result.out, "y\ny\ny");
    assert_int_equal(result.out_size, 5);
    assert_true(result.returncode == -SIGKILL || result.returncode == -SIGPIPE);
    assert_string_equal(result.message, "Command '['yes']' printed more than 5 bytes");
}

TEST(output_of_just_the_limit_is_fine)
{
    assert_int_equal(PROCESS_RUN(&result, PROCESS_ARGV("echo", "1234"), .output_limit = 5,
                                 .capture_output = true),
                     0);
    assert_string_equal(result.out, "1234\n");
}

TEST(the_limit_holds_for_what_end_group_finds_in_the_pipe)
{
    for (int i = 0; i < 20; i++) {
        assert_int_equal(PROCESS_RUN(&result, SH("sleep 60 & echo 123456"), .output_limit = 5,
                                     .capture_output = true, .new_group = true, .end_group = true),
                         EFBIG);
        assert_string_equal(result.out, "12345");
        process_result_destroy(&result);
    }
}

/* ---- A child that may not be killed ---- */

/* What runs as root, whoever started it: this program, when it is set-user-ID. */
static int be_root_until_let_go(void)
{
    char byte;

    if (setresuid(0, 0, 0) != 0)
        return 77;
    if (write(STDOUT_FILENO, "root\n", 5) == 5)
        while (read(STDIN_FILENO, &byte, 1) > 0)
            ;
    return 0;
}

static char rooted[64];

static void make_rooted(void)
{
    char self[256] = "";
    struct process_result r;

    assert_true(readlink("/proc/self/exe", self, sizeof self - 1) > 0);
    strcpy(rooted, "/tmp/test-process-XXXXXX");
    assert_non_null(mkdtemp(rooted));
    assert_int_equal(chmod(rooted, 0755), 0);
    strcat(rooted, "/rooted");
    assert_int_equal(PROCESS_RUN(&r, PROCESS_ARGV("cp", self, rooted), .check = true), 0);
    process_result_destroy(&r);
}

static void remove_rooted(void)
{
    unlink(rooted);
    *strrchr(rooted, '/') = '\0';
    rmdir(rooted);
}

#define ROOTED \
    PROCESS_ARGV(rooted, "be-root"), .stdin_from = PROCESS_FD, .stdin_fd = leash[0], \
                                     .stdout_to = PROCESS_PIPE

/* It has said that it is root; 77: it cannot be, here. */
static int start_rooted(struct process *p)
{
    char said[5] = "";

    if (PROCESS_START(p, ROOTED) != 0)
        return 77;
    return read(p->stdout_fd, said, 5) == 5 ? 0 : 77;
}

static int let_a_limit_end_what_it_cannot_kill(void)
{
    struct process_result r;
    int status = 0;

    for (int64_t ms = 100; status == 0; ms *= 2) {
        int err = PROCESS_RUN(&r, ROOTED, .timeout_ms = ms);
        bool was_root = r.out_size > 0;

        if (err != ETIMEDOUT)
            status = 2;
        else if (was_root && r.returncode != PROCESS_UNKNOWN)
            status = 3;
        else if (was_root && strstr(r.message, ", and could not be killed") == NULL)
            status = 4;
        process_result_destroy(&r);
        if (was_root)
            break;
    }
    return status;
}

static int let_go_of_what_cannot_be_killed(void)
{
    struct process p;
    int status;

    if (setgid(65534) != 0 || setuid(65534) != 0)
        return 1;
    status = start_rooted(&p);
    if (status == 0 && process_kill(&p) != EPERM)
        status = 5;
    process_destroy(&p);
    return status == 77 ? 0 : status != 0 ? status : let_a_limit_end_what_it_cannot_kill();
}

TEST(a_limit_is_kept_though_the_child_cannot_be_killed)
{
    skip_under_valgrind();
    if (getuid() != 0)
        skip();
    make_rooted();
    assert_int_equal(chmod(rooted, 04755), 0);
    take_leash();
    expect_zero_in_a_fork(let_go_of_what_cannot_be_killed);
    let_go();
    remove_rooted();
}

/* As a set-user-ID program, whose caller wants it to be slow. */
static int be_secure(void)
{
    struct process p;
    int status = geteuid() == getuid() ? 77 : 0;

    if (PROCESS_START(&p, PROCESS_ARGV("true")) != 0)
        status = 2;
    if (status == 0 && p.own.pidfd < 0)
        status = 3;
    process_destroy(&p);
    return status;
}

static int run_as_set_user_id(void)
{
    struct process_result r;
    int status;

    if (setgid(65534) != 0 || setuid(65534) != 0)
        return 1;
    if (PROCESS_RUN(&r, PROCESS_ARGV(rooted, "be-secure"),
                    .env_changes = PROCESS_ARGV("PROCESS_SPAWN=portable")) != 0)
        return 4;
    status = r.returncode == 77 ? 0 : r.returncode;
    process_result_destroy(&r);
    return status;
}

TEST(a_privileged_program_does_not_read_the_wish_of_its_caller)
{
    skip_under_valgrind();
    if (getuid() != 0)
        skip();
    make_rooted();
    assert_int_equal(chmod(rooted, 04755), 0);
    expect_zero_in_a_fork(run_as_set_user_id);
    remove_rooted();
}

/* ---- In bad company ---- */

static void on_alarm(int signal)
{
    (void)signal;
}

TEST(a_storm_of_interrupting_signals_changes_nothing)
{
    struct itimerval storm = {{0, 5000}, {0, 5000}}, calm = {{0, 0}, {0, 0}};
    struct sigaction action = {.sa_handler = on_alarm}; /* no SA_RESTART */
    size_t size = 1 << 19;
    char *data = calloc(1, size);

    sigaction(SIGALRM, &action, NULL);
    setitimer(ITIMER_REAL, &storm, NULL);
    assert_int_equal(
        PROCESS_RUN(&result, SH("for i in 1 2 3; do head -c 100000; sleep 0.1; done; cat; exit 7"),
                    .input = data, .input_size = size, .capture_output = true, .timeout_ms = 60000),
        0);
    setitimer(ITIMER_REAL, &calm, NULL); /* the handler stays: valgrind delivers late */
    free(data);
    assert_int_equal(result.returncode, 7);
    assert_int_equal(result.out_size, size);
}

/* The kernel reaps the child at once. A pidfd that is there from the beginning
 * remembers how it ended; one that is opened by the child's number may come too
 * late, and then nobody knows. */
static void expect_end_or_unknown(int err, int status, const char *known, int known_err)
{
    if (if_remembered(status) != status || (!spawns_by_clone() && err == ECHILD)) {
        assert_int_equal(err, ECHILD);
        assert_non_null(strstr(result.message, " ended, and nobody can say how."));
    } else {
        assert_int_equal(err, known_err);
        if (known != NULL)
            assert_string_equal(result.message, known);
    }
    process_result_destroy(&result);
}

TEST(an_ignored_sigchld_does_not_hang_and_is_no_success)
{
    struct sigaction ignore = {.sa_handler = SIG_IGN}, before;

    sigaction(SIGCHLD, &ignore, &before);
    assert_int_equal(PROCESS_RUN(&result, SH("echo out; exit 8"), .capture_output = true), 0);
    assert_string_equal(result.out, "out\n");
    if (spawns_by_clone() || result.returncode != PROCESS_UNKNOWN)
        assert_int_equal(result.returncode, if_remembered(8));
    process_result_destroy(&result);
    expect_end_or_unknown(PROCESS_RUN(&result, SH("exit 8"), .check = true), 8,
                          "Command '['sh', '-c', 'exit 8']' returned non-zero exit status 8.",
                          EPROTO);
    expect_end_or_unknown(PROCESS_RUN(&result, SH("exit 0"), .check = true), 0, NULL, 0);
    assert_int_equal(PROCESS_RUN(&result, SH("sleep 60 & sleep 60"), .timeout_ms = 50,
                                 .new_group = true),
                     ETIMEDOUT);
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

TEST(the_end_is_seen_without_a_descriptor_to_spare)
{
    int spare = spawns_by_clone() ? 0 : 2; /* fork needs a pipe */
    int filler[20];
    rlim_t before;
    int err;

    for (int i = 0; i < 20;
         i++) /* the child needs room: it has the same limit, but none of these */
        filler[i] = open("/dev/null", O_RDONLY | O_CLOEXEC);
    before = leave_descriptors(spare);
    err = PROCESS_RUN(&result, SH("sleep 0.1; exit 9"));
    restore_descriptors(before);
    assert_int_equal(err, 0);
    assert_int_equal(result.returncode, 9);
    process_result_destroy(&result);
    before = leave_descriptors(spare);
    err = PROCESS_RUN(&result, PROCESS_ARGV("sleep", "60"), .timeout_ms = 100);
    restore_descriptors(before);
    assert_int_equal(err, ETIMEDOUT);
    for (int i = 0; i < 20; i++)
        close(filler[i]);
}

TEST(too_few_descriptors_is_emfile_and_nothing_leaks)
{
    for (int spare = 0; spare < 6; spare++) {
        rlim_t before = leave_descriptors(spare);
        int err = PROCESS_RUN(&result, PROCESS_ARGV("true"), .capture_output = true, .input = "x",
                              .input_size = 1);

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

TEST(threads_run_children_at_the_same_time)
{
    pthread_t threads[THREADS];
    int numbers[THREADS];

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

TEST(a_cancelled_thread_first_waits_for_its_child)
{
    pthread_t thread;
    int finished = 0;
    void *end;

    assert_int_equal(pthread_create(&thread, NULL, run_while_cancelled, &finished), 0);
    usleep(100000);
    pthread_cancel(thread);
    pthread_join(thread, &end);
    assert_int_equal(finished, 1);
    assert_null(end); /* not PTHREAD_CANCELED: it got to its own end */
}

int main(int argc, char **argv)
{
    if (argc > 1 && strcmp(argv[1], "be-root") == 0)
        return be_root_until_let_go();
    if (argc > 1 && strcmp(argv[1], "be-secure") == 0)
        return be_secure();
    return run_in_each_mode();
}
