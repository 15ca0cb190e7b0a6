/*
 * A child whose end cannot be had: somebody traces it, and does not ask for it;
 * or the program has closed the descriptor that would tell of it.
 */
#define _GNU_SOURCE /* pipe2, P_PIDFD */

#include "process_check.h"

#include <sys/ptrace.h>

FIXTURE(note_descriptors, expect_nothing_left);

static struct process child;

/* ---- A tracer that sleeps ---- */

static pid_t tracer;
static bool refused; /* it may not trace here: see ptrace(2) about Yama */

/* It holds what it traces until it is ended itself. */
static void trace(pid_t pid)
{
    int ends[2];
    char traces = 0;

    assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
    tracer = fork();
    if (tracer == 0) {
        process_close(&child.stdin_fd); /* or it would not come to its end */
        traces = ptrace(PTRACE_SEIZE, pid, NULL, NULL) == 0;
        if (write(ends[1], &traces, 1) != 1)
            _exit(1);
        for (;;)
            pause();
    }
    close(ends[1]);
    assert_int_equal(read(ends[0], &traces, 1), 1);
    close(ends[0]);
    refused = traces == 0;
}

static void end_tracer(void)
{
    if (tracer > 0) {
        kill(tracer, SIGKILL);
        assert_int_equal(waitpid(tracer, NULL, 0), tracer);
    }
    tracer = 0;
    alarm(0);
}

/* One that ends, and is kept, once its stdin is at its end. False: not here. */
static bool start_traced(const struct process_options *options)
{
    alarm(HANG_SECONDS);
    assert_int_equal(process_start(&child, PROCESS_ARGV("cat"), options), 0);
    trace(child.pid);
    if (refused) {
        end_tracer();
        process_destroy(&child);
    }
    return !refused;
}

static void wait_until_dead(void)
{
    struct pollfd dead = {.fd = process_end_fd(&child), .events = POLLIN};

    assert_int_equal(poll(&dead, 1, HANG_SECONDS * 1000), 1);
}

static double processor_seconds(void)
{
    struct rusage used;

    getrusage(RUSAGE_SELF, &used);
    return (double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
           (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
}

TEST(a_limit_holds_though_a_tracer_keeps_the_end)
{
    static const struct process_options piped = {.stdin_from = PROCESS_PIPE,
                                                 .stdout_to = PROCESS_PIPE};
    int returncode = 99;
    size_t which = 99;

    skip_under_valgrind();
    if (!has_pidfds())
        skip();
    if (!start_traced(&piped))
        skip();
    assert_int_equal(process_write(&child, "hello", 5), 0);
    process_close(&child.stdin_fd);
    wait_until_dead();
    assert_int_equal(process_poll(&child, &returncode), EBUSY);
    assert_int_equal(process_wait(&child, 20, &returncode), ETIMEDOUT);
    assert_int_equal(process_communicate(&child, NULL, 0, 20), ETIMEDOUT);
    assert_string_equal(child.result.out, "hello");
    assert_int_equal(process_next(&child, 1, 20, &which), ETIMEDOUT);
    assert_int_equal(returncode, 99);
    end_tracer();
    assert_int_equal(process_communicate(&child, NULL, 0, PROCESS_FOREVER), 0);
    assert_int_equal(child.result.returncode, 0);
    assert_string_equal(child.result.out, "hello");
    process_destroy(&child);
}

TEST(waiting_for_a_tracer_costs_no_processor_time)
{
    static const struct process_options fed = {.stdin_from = PROCESS_PIPE};
    double before;

    skip_under_valgrind();
    if (!has_pidfds())
        skip();
    if (!start_traced(&fed))
        skip();
    process_close(&child.stdin_fd);
    wait_until_dead();
    before = processor_seconds();
    assert_int_equal(process_wait(&child, 500, NULL), ETIMEDOUT);
    assert_int_equal(process_communicate(&child, NULL, 0, 500), ETIMEDOUT);
    assert_true(processor_seconds() - before < 0.2);
    end_tracer();
    process_destroy(&child);
}

/* In a fork: what it leaves to be collected later is a descriptor. */
static int give_up_one_that_is_traced(void)
{
    int wrong;

    if (!start_traced(&(struct process_options){.stdin_from = PROCESS_PIPE}))
        return 0;
    wrong = process_stop(&child, 0, NULL) != EPERM || child.pid == 0;
    process_destroy(&child);
    end_tracer();
    return wrong;
}

TEST(who_was_killed_and_is_kept_by_a_tracer_is_given_up)
{
    skip_under_valgrind();
    if (!has_pidfds())
        skip();
    expect_zero_in_a_fork(give_up_one_that_is_traced);
}

static int trace_who_says_its_number(void *unused, int stream, const char *data, size_t size)
{
    (void)unused, (void)stream, (void)size;
    trace((pid_t)atoi(data));
    return 0;
}

static int run_one_that_is_traced(void)
{
    struct process_result r;
    int wrong;

    alarm(HANG_SECONDS);
    wrong = PROCESS_RUN(&r, SH("echo $$; exec cat"), .stdin_from = PROCESS_FD, .stdin_fd = leash[0],
                        .stdout_to = PROCESS_PIPE, .by_line = true,
                        .on_output = trace_who_says_its_number, .timeout_ms = 1000) != ETIMEDOUT;
    if (tracer > 0 && !refused)
        wrong |= r.returncode != PROCESS_UNKNOWN ||
                 strstr(r.message, "timed out after 1 seconds, and a tracer keeps its end") == NULL;
    process_result_destroy(&r);
    end_tracer();
    while (waitpid(-1, NULL, WNOHANG) == 0)
        if (PROCESS_RUN(&r, PROCESS_ARGV("true")) != 0)
            return 2;
    return wrong;
}

TEST(a_run_that_is_traced_returns_and_says_so_and_is_collected_later)
{
    skip_under_valgrind();
    if (!has_pidfds())
        skip();
    take_leash();
    expect_zero_in_a_fork(run_one_that_is_traced);
    let_go();
}

/* ---- A descriptor that is closed ---- */

static int talk_without_its_descriptor(void)
{
    int wrong;

    alarm(HANG_SECONDS);
    if (PROCESS_START(&child, PROCESS_ARGV("sleep", "600")) != 0)
        return 77;
    close(process_end_fd(&child)); /* as closefrom(3) does */
    wrong = process_wait(&child, 20, NULL) != ETIMEDOUT ||
            process_communicate(&child, NULL, 0, 20) != ETIMEDOUT;
    process_kill(&child);
    wrong |= process_communicate(&child, NULL, 0, PROCESS_FOREVER) != 0 ||
             child.result.returncode != -SIGKILL;
    process_destroy(&child);
    return wrong;
}

TEST(a_limit_holds_though_the_program_has_closed_all_descriptors)
{
    skip_under_valgrind();
    if (!has_pidfds())
        skip();
    expect_zero_in_a_fork(talk_without_its_descriptor);
}

int main(void)
{
    return run_in_each_mode();
}
