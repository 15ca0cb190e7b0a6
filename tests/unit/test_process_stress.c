/*
 * Many threads and a storm of signals, for a bounded time: TEST_SECONDS (1)
 * in each mode. What must hold is checked after every single child. Not under
 * valgrind, where threads take turns and a fork takes longer than a signal.
 */
#define _GNU_SOURCE /* pipe2 */

#include "process_check.h"

enum { THREADS = 8 };

static struct timespec stop_at;

static int setup(void **state)
{
    const char *seconds = getenv("TEST_SECONDS");

    stop_at = clock_after_ms(1000 * (seconds != NULL ? atoi(seconds) : 1));
    return note_descriptors(state);
}

FIXTURE(setup, expect_nothing_left);

/* ---- What a thread does; 0 if all was right ---- */

/* The child sees its own three streams, and the one by which ls reads. */
static int see_no_foreign_descriptor(int number)
{
    struct process_result r;
    int err = PROCESS_RUN(&r, PROCESS_ARGV("ls", "-v", "/proc/self/fd"), .capture_output = true,
                          .stdin_from = number % 2 ? PROCESS_DEVNULL : PROCESS_PIPE);
    int wrong = err != 0 || strcmp(r.out, "0\n1\n2\n3\n") != 0;

    if (wrong)
        fprintf(stderr, "err %d, \"%s\", \"%s\"\n", err, r.out, r.err);
    process_result_destroy(&r);
    return wrong;
}

static int get_back_what_was_sent(int number)
{
    char text[32];
    struct process_result r;
    int err, wrong;

    snprintf(text, sizeof text, "thread %d", number);
    err = PROCESS_RUN(&r, PROCESS_ARGV("cat"), .input = text, .input_size = strlen(text),
                      .capture_output = true, .check = true);
    wrong = err != 0 || strcmp(r.out, text) != 0;
    process_result_destroy(&r);
    return wrong;
}

static int fail_and_leave_nothing(int number)
{
    struct process_result r;
    int err = PROCESS_RUN(&r, PROCESS_ARGV("/no/such/program"), .capture_output = true,
                          .new_group = number % 2);
    int wrong = err != ENOENT || r.stage != PROCESS_AT_PROGRAM;

    process_result_destroy(&r);
    return wrong;
}

static int end_one_that_runs(int number)
{
    struct process p;
    int status = 77;
    int err = PROCESS_START(&p, PROCESS_ARGV("sleep", "60"), .stdin_from = PROCESS_PIPE,
                            .new_group = true);
    int wrong = err != 0 || process_poll(&p, NULL) != EBUSY;

    wrong |= (number % 2 ? process_terminate(&p) : process_signal_group(&p, SIGTERM)) != 0;
    wrong |= process_wait(&p, PROCESS_FOREVER, &status) != 0 || status != -SIGTERM;
    process_destroy(&p);
    return wrong;
}

static int chain_two(int number)
{
    const char *const *const row[] = {PROCESS_ARGV("yes"), PROCESS_ARGV("head", "-n", "3")};
    struct process_result r;
    int ends[2];
    int err =
        process_pipeline(row, 2,
                         &(struct process_options){.capture_output = true, .new_group = number % 2},
                         ends, &r);
    int wrong = err != 0 || strcmp(r.out, "y\ny\ny\n") != 0 || ends[0] != -SIGPIPE || ends[1] != 0;

    process_result_destroy(&r);
    return wrong;
}

static void *do_all_of_it(void *arg)
{
    static int (*const deeds[])(int) = {
        see_no_foreign_descriptor,
        get_back_what_was_sent,
        fail_and_leave_nothing,
        end_one_that_runs,
        chain_two,
    };
    int number = *(int *)arg;
    intptr_t wrong = 0;

    for (int i = number; !clock_passed(stop_at); i++)
        wrong += deeds[i % 5](number);
    return (void *)wrong;
}

static void run_threads(void)
{
    pthread_t threads[THREADS];
    int numbers[THREADS];

    for (int i = 0; i < THREADS; i++) {
        numbers[i] = i;
        assert_int_equal(pthread_create(&threads[i], NULL, do_all_of_it, &numbers[i]), 0);
    }
    for (int i = 0; i < THREADS; i++) {
        void *wrong;

        pthread_join(threads[i], &wrong);
        assert_int_equal((intptr_t)wrong, 0);
    }
}

/* ---- The storm ---- */

static void on_alarm(int signal)
{
    (void)signal;
}

/* Interrupts every thread's system calls, a thousand times a second. */
static void begin_storm(void)
{
    struct itimerval storm = {{0, 1000}, {0, 1000}};
    struct sigaction action = {.sa_handler = on_alarm}; /* no SA_RESTART */

    sigaction(SIGALRM, &action, NULL);
    setitimer(ITIMER_REAL, &storm, NULL);
}

static void end_storm(void)
{
    struct itimerval calm = {{0, 0}, {0, 0}};

    setitimer(ITIMER_REAL, &calm, NULL); /* the handler stays: valgrind delivers late */
}

TEST(eight_threads_start_children_and_none_sees_anothers_descriptor)
{
    skip_under_valgrind();
    run_threads();
}

TEST(a_thousand_signals_a_second_change_nothing)
{
    skip_under_valgrind();
    begin_storm();
    run_threads();
    end_storm();
}

TEST(a_hundred_mebibytes_go_through_cat_and_back)
{
    size_t size = (size_t)100 << 20;
    struct process_result r;
    char *data;

    skip_under_valgrind();
    data = malloc(size);
    assert_non_null(data);
    for (size_t i = 0; i < size; i++)
        data[i] = (char)(i * 2654435761u >> 13);
    begin_storm();
    int err = PROCESS_RUN(&r, PROCESS_ARGV("cat"), .input = data, .input_size = size,
                          .capture_output = true);

    end_storm();
    assert_int_equal(err, 0);
    assert_int_equal(r.out_size, size);
    assert_int_equal(memcmp(r.out, data, size), 0);
    process_result_destroy(&r);
    free(data);
}

int main(void)
{
    return run_in_each_mode();
}
