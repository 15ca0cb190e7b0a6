/* lib/worker through its header. Each test's name is the claim. */
#define _GNU_SOURCE /* syscall */

#include "queue_check.h"

#include "lib/worker.h"

static struct queue in, out;
static struct worker workers[8];

static int setup(void **state)
{
    (void)state;
    assert_int_equal(queue_init(&in, QUEUE_UNBOUNDED), 0);
    assert_int_equal(queue_init(&out, QUEUE_UNBOUNDED), 0);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    return queue_destroy(&in) + queue_destroy(&out);
}

FIXTURE(setup, teardown);

static void put(size_t n)
{
    assert_int_equal(queue_put(&in, number(n), NULL), 0);
}

static void expect(size_t n)
{
    void *item = &in;

    assert_int_equal(queue_try_get(&out, &item), 0);
    assert_item(item, n);
}

/* ---- What workers do here ---- */

static void *add_hundred(void *item, void *context, struct thread_error *error)
{
    (void)context, (void)error;
    return number((uintptr_t)item + 100);
}

static void *refuse_even(void *item, void *context, struct thread_error *error)
{
    (void)context;
    if ((uintptr_t)item % 2 == 0)
        return thread_fail(error, EDOM, "%zu is even", (size_t)(uintptr_t)item);
    return item;
}

static void *leave_at_three(void *item, void *context, struct thread_error *error)
{
    (void)context, (void)error;
    if ((uintptr_t)item == 3)
        pthread_exit(NULL);
    return item;
}

static void *meet(void *item, void *context, struct thread_error *error)
{
    (void)error;
    pthread_barrier_wait(
        context); /* as many as it waits for work at the same time, or none gets on */
    return item;
}

/* ---- The claims ---- */

TEST(a_worker_puts_what_comes_of_each_item_into_the_next_queue)
{
    struct worker_failure *failures = (void *)&in;

    assert_int_equal(workers_start(workers, 1, "add", add_hundred, NULL, &in, &out), 0);
    for (size_t i = 0; i < 5; i++)
        put(i);
    assert_int_equal(workers_stop(workers, 1, &failures), 0);
    assert_null(failures);
    for (size_t i = 0; i < 5; i++)
        expect(i + 100);
    assert_int_equal(queue_size(&out), 0);
}

TEST(when_the_first_queue_is_joined_all_results_are_in_the_next)
{
    assert_int_equal(workers_start(workers, 3, NULL, add_hundred, NULL, &in, &out), 0);
    for (size_t i = 0; i < 50; i++)
        put(i);
    assert_int_equal(queue_join(&in, NULL), 0);
    assert_int_equal(queue_size(&out), 50);
    assert_int_equal(workers_stop(workers, 3, NULL), 0);
    assert_int_equal(queue_join(&in, &long_ago), 0); /* the marks are done with, too */
    queue_close_now(&out, NULL, NULL);
}

TEST(workers_of_a_stage_work_at_the_same_time)
{
    pthread_barrier_t barrier;

    pthread_barrier_init(&barrier, NULL, 4);
    assert_int_equal(workers_start(workers, 4, NULL, meet, &barrier, &in, &out), 0);
    assert_int_equal(workers_running(workers, 4), 4);
    for (size_t i = 0; i < 8; i++)
        put(i);
    assert_int_equal(workers_stop(workers, 4, NULL), 0);
    assert_int_equal(queue_size(&out), 8);
    pthread_barrier_destroy(&barrier);
}

TEST(without_a_next_queue_results_go_nowhere)
{
    assert_int_equal(workers_start(workers, 2, NULL, add_hundred, NULL, &in, NULL), 0);
    put(1);
    put(2);
    assert_int_equal(workers_stop(workers, 2, NULL), 0);
    assert_int_equal(queue_size(&in), 0);
}

TEST(closing_the_queue_ends_workers_when_it_is_drained)
{
    for (size_t i = 0; i < 3; i++)
        put(i);
    queue_close(&in);
    assert_int_equal(workers_start(workers, 2, NULL, add_hundred, NULL, &in, &out), 0);
    assert_int_equal(workers_stop(workers, 2, NULL), 0);
    assert_int_equal(queue_size(&out), 3);
}

TEST(after_the_stop_the_queue_is_open_for_other_workers)
{
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(workers_start(workers, 2, NULL, add_hundred, NULL, &in, &out), 0);
        put(i);
        assert_int_equal(workers_stop(workers, 2, NULL), 0);
        expect(i + 100);
    }
}

TEST(an_error_reaches_who_stops_the_workers_and_gives_the_item_back)
{
    struct worker_failure *failures = NULL;

    assert_int_equal(workers_start(workers, 1, NULL, refuse_even, NULL, &in, &out), 0);
    for (size_t i = 1; i <= 5; i++)
        put(i);
    assert_int_equal(workers_stop(workers, 1, &failures), EDOM);
    expect(1);
    expect(3);
    expect(5); /* it went on */
    assert_item(failures->item, 2);
    assert_int_equal(failures->error.code, EDOM);
    assert_string_equal(failures->error.text, "2 is even");
    assert_item(failures->next->item, 4);
    assert_null(failures->next->next);
    worker_failures_free(failures);
}

TEST(no_item_is_lost_whoever_fails)
{
    enum { ITEMS = 100 };
    struct worker_failure *failures = NULL;
    size_t sum = 0, count = 0;
    void *item;

    assert_int_equal(workers_start(workers, 5, NULL, refuse_even, NULL, &in, &out), 0);
    for (size_t i = 1; i <= ITEMS; i++)
        put(i);
    assert_int_equal(workers_stop(workers, 5, &failures), EDOM);
    while (queue_try_get(&out, &item) == 0)
        sum += (uintptr_t)item;
    for (const struct worker_failure *f = failures; f != NULL; f = f->next, count++)
        sum += (uintptr_t)f->item;
    assert_int_equal(sum, ITEMS * (ITEMS + 1) / 2);
    assert_int_equal(count, ITEMS / 2);
    worker_failures_free(failures);
}

TEST(a_result_that_nobody_takes_comes_back_with_its_item)
{
    struct worker_failure *failures = NULL;

    queue_close(&out);
    assert_int_equal(workers_start(workers, 1, NULL, add_hundred, NULL, &in, &out), 0);
    put(1);
    assert_int_equal(workers_stop(workers, 1, &failures), EPIPE);
    assert_item(failures->item, 1);
    assert_item(failures->result, 101);
    assert_null(failures->next);
    worker_failures_free(failures);
}

/* Each of two workers takes one item, and fails with its number. */
static void *meet_and_fail(void *item, void *context, struct thread_error *error)
{
    meet(item, context, error);
    return thread_fail(error, (int)(uintptr_t)item, "one of two");
}

TEST(of_several_failures_the_code_is_that_of_the_first_in_the_list)
{
    struct worker_failure *failures = NULL;
    pthread_barrier_t barrier;
    int code;

    pthread_barrier_init(&barrier, NULL, 2);
    put(EDOM);
    put(ERANGE);
    assert_int_equal(workers_start(workers, 2, NULL, meet_and_fail, &barrier, &in, NULL), 0);
    code = workers_stop(workers, 2, &failures);
    assert_int_equal(code, failures->error.code);
    assert_int_equal(code + failures->next->error.code, EDOM + ERANGE);
    assert_null(failures->next->next);
    worker_failures_free(failures);
    pthread_barrier_destroy(&barrier);
}

TEST(failures_may_be_of_no_interest)
{
    assert_int_equal(workers_start(workers, 1, NULL, refuse_even, NULL, &in, NULL), 0);
    put(2);
    assert_int_equal(workers_stop(workers, 1, NULL), EDOM);
}

TEST(a_function_that_does_not_return_loses_no_item)
{
    struct worker_failure *failures = NULL;
    void *item = NULL;

    for (size_t i = 2; i <= 4; i++)
        put(i);
    assert_int_equal(workers_start(workers, 1, NULL, leave_at_three, NULL, &in, &out), 0);
    assert_int_equal(workers_stop(workers, 1, &failures), ECANCELED);
    expect(2);
    assert_item(failures->item, 3);
    assert_int_equal(failures->error.code, ECANCELED);
    assert_null(failures->next);
    worker_failures_free(failures);
    assert_int_equal(queue_try_get(&in, &item), 0); /* nobody took the last one; */
    assert_item(item, 4);
    assert_int_equal(queue_put(&in, item, &long_ago), EPIPE); /* and who would wait, learns it */
}

TEST(when_one_leaves_the_others_go_on)
{
    struct worker_failure *failures = NULL;

    assert_int_equal(workers_start(workers, 2, NULL, leave_at_three, NULL, &in, &out), 0);
    for (size_t i = 1; i <= 3; i++)
        put(i);
    assert_int_equal(queue_join(&in, NULL), 0); /* it was done with, nobody waits for ever */
    assert_int_equal(workers_stop(workers, 2, &failures), ECANCELED);
    assert_item(failures->item, 3);
    assert_int_equal(queue_size(&out), 2);
    worker_failures_free(failures);
}

TEST(a_pipeline_with_little_room_comes_to_its_end)
{
    enum { ITEMS = 300 };
    struct queue narrow[3];
    struct worker first[3], second[4], third[5];
    size_t sum = 0;
    void *item;

    for (int i = 0; i < 3; i++)
        assert_int_equal(queue_init(&narrow[i], 1), 0);
    assert_int_equal(workers_start(first, 3, "first", add_hundred, NULL, &narrow[0], &narrow[1]),
                     0);
    assert_int_equal(workers_start(second, 4, "second", add_hundred, NULL, &narrow[1], &narrow[2]),
                     0);
    assert_int_equal(workers_start(third, 5, "third", add_hundred, NULL, &narrow[2], &out), 0);
    for (size_t i = 0; i < ITEMS; i++)
        assert_int_equal(queue_put(&narrow[0], number(i), NULL), 0);
    assert_int_equal(workers_stop(first, 3, NULL), 0);
    assert_int_equal(workers_stop(second, 4, NULL), 0);
    assert_int_equal(workers_stop(third, 5, NULL), 0);
    while (queue_try_get(&out, &item) == 0)
        sum += (uintptr_t)item;
    assert_int_equal(sum, ITEMS * (ITEMS - 1) / 2 + 300 * ITEMS);
    for (int i = 0; i < 3; i++)
        assert_int_equal(queue_destroy(&narrow[i]), 0);
}

TEST(what_cannot_be_started_says_why)
{
    assert_int_equal(workers_start(workers, 2, "a name that is too long", add_hundred, NULL, &in,
                                   &out),
                     ERANGE);
    assert_int_equal(workers_running(workers, 2), 0);
    assert_int_equal(workers_stop(workers, 2, NULL), 0);
    assert_int_equal(workers_start(workers, 2, NULL, NULL, NULL, &in, &out), EINVAL);
    assert_int_equal(workers_stop(workers, 2, NULL), 0);
    assert_int_equal(workers_start(workers, 2, NULL, add_hundred, NULL, NULL, &out), EINVAL);
    assert_int_equal(workers_running(workers, 2), 0);
}

TEST(no_workers_are_started_and_stopped_at_once)
{
    struct worker_failure *failures = (void *)&in;

    assert_int_equal(workers_start(workers, 0, NULL, add_hundred, NULL, &in, &out), 0);
    assert_int_equal(workers_stop(workers, 0, &failures), 0);
    assert_null(failures);
    assert_int_equal(queue_size(&in), 0);
}

int main(void)
{
    limit_time();
    return tests_run(NULL, NULL);
}
