/* lib/lock through its header. Each test's name is the claim. */
#include "tests.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "lib/clock.h"
#include "lib/lock.h"

static struct lock low = LOCK_INIT("low", 1), high = LOCK_INIT("high", 2);
static struct lock pair[2] = {LOCK_INIT("first", 5), LOCK_INIT("second", 5)};
static struct lock *const first = &pair[0], *const second = &pair[1];

/* ---- Helpers ---- */

struct attempt {
    struct lock *lock;
    int err;
};

static void *attempt(void *arg)
{
    struct attempt *a = arg;

    a->err = lock_try(a->lock);
    if (a->err == 0)
        lock_release(a->lock);
    return NULL;
}

/* Could another thread take it? */
static bool is_free(struct lock *lock)
{
    struct attempt a = {lock, -1};
    pthread_t other;

    assert_int_equal(pthread_create(&other, NULL, attempt, &a), 0);
    assert_int_equal(pthread_join(other, NULL), 0);
    assert_true(a.err == 0 || a.err == EBUSY);
    return a.err == 0;
}

static void run_mistake(void (*mistake)(void), int errors)
{
    setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
    dup2(errors, STDERR_FILENO);
    mistake();
    _exit(0);
}

/* The mistake ends a process of its own by SIGABRT, after this line. */
static void expect_abort(void (*mistake)(void), const char *message)
{
    char text[256] = "";
    size_t size = 0;
    ssize_t got;
    int ends[2], status;
    pid_t child;

    assert_int_equal(pipe(ends), 0);
    child = fork();
    assert_true(child >= 0);
    if (child == 0)
        run_mistake(mistake, ends[1]);
    close(ends[1]);
    while ((got = read(ends[0], text + size, sizeof text - 1 - size)) > 0)
        size += (size_t)got;
    close(ends[0]);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_string_equal(text, message);
    assert_true(WIFSIGNALED(status));
    assert_int_equal(WTERMSIG(status), SIGABRT);
}

static int expect_nothing_held(void **state)
{
    (void)state;
    assert_false(lock_is_held(&low) || lock_is_held(&high));
    assert_false(lock_is_held(first) || lock_is_held(second));
    return 0;
}

FIXTURE(NULL, expect_nothing_held);

/* ---- Taking and giving back ---- */

TEST(a_held_lock_is_refused_to_others)
{
    assert_true(is_free(&low));
    lock_acquire(&low);
    assert_false(is_free(&low));
    lock_release(&low);
    assert_true(is_free(&low));
}

static void *add_many(void *count)
{
    for (int i = 0; i < 20000; i++) {
        lock_acquire(&low);
        ++*(int *)count;
        lock_release(&low);
    }
    return NULL;
}

TEST(no_update_under_a_lock_is_lost)
{
    pthread_t threads[4];
    int count = 0;

    for (int i = 0; i < 4; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, add_many, &count), 0);
    for (int i = 0; i < 4; i++)
        assert_int_equal(pthread_join(threads[i], NULL), 0);
    assert_int_equal(count, 80000);
}

TEST(rising_ranks_may_be_held_together)
{
    lock_acquire(&low);
    lock_acquire(&high);
    assert_true(lock_is_held(&low) && lock_is_held(&high));
    lock_release(&high);
    lock_release(&low);
}

TEST(locks_are_given_back_in_any_order)
{
    lock_acquire(&low);
    lock_acquire(&high);
    lock_acquire(first);
    lock_release(&high);
    assert_true(is_free(&high));
    assert_false(is_free(&low) || is_free(first));
    lock_release(&low);
    lock_release(first);
    lock_acquire(&low); /* nothing of a higher rank is left */
    lock_release(&low);
}

TEST(ranks_may_be_negative)
{
    struct lock below = LOCK_INIT("below", -1);

    lock_acquire(&below);
    lock_acquire(&low);
    assert_false(is_free(&below) || is_free(&low));
    lock_release(&low);
    lock_release(&below);
    assert_true(is_free(&below) && is_free(&low));
    lock_destroy(&below);
}

TEST(a_lock_made_by_a_call_is_the_same)
{
    struct lock made;

    assert_int_equal(lock_init(&made, "made", 3), 0);
    lock_acquire(&made);
    assert_false(is_free(&made));
    lock_release(&made);
    assert_true(is_free(&made));
    lock_destroy(&made);
}

/* ---- Trying ---- */

TEST(trying_a_free_lock_takes_it)
{
    assert_int_equal(lock_try(&low), 0);
    assert_true(lock_is_held(&low));
    assert_false(is_free(&low));
    lock_release(&low);
}

TEST(trying_what_one_holds_is_busy)
{
    lock_acquire(&low);
    assert_int_equal(lock_try(&low), EBUSY);
    assert_true(lock_is_held(&low));
    lock_release(&low);
    assert_true(is_free(&low));
}

TEST(trying_is_right_in_any_order)
{
    lock_acquire(&high);
    assert_int_equal(lock_try(&low), 0);
    lock_release(&low);
    lock_release(&high);
}

/* ---- Who holds it ---- */

static void *is_held_here(void *lock)
{
    return lock_is_held(lock) ? lock : NULL;
}

struct hold {
    pthread_barrier_t taken, enough;
};

static void *hold_low(void *arg)
{
    struct hold *hold = arg;

    lock_acquire(&low);
    pthread_barrier_wait(&hold->taken);
    pthread_barrier_wait(&hold->enough);
    lock_release(&low);
    return NULL;
}

TEST(a_wait_with_a_limit_ends_without_the_lock)
{
    struct timespec deadline;
    struct hold hold;
    pthread_t other;

    pthread_barrier_init(&hold.taken, NULL, 2);
    pthread_barrier_init(&hold.enough, NULL, 2);
    assert_int_equal(pthread_create(&other, NULL, hold_low, &hold), 0);
    pthread_barrier_wait(&hold.taken);
    deadline = clock_after_ms(20);
    assert_int_equal(lock_acquire_until(&low, &deadline), ETIMEDOUT);
    assert_true(clock_passed(deadline));
    assert_false(lock_is_held(&low));
    assert_int_equal(lock_acquire_until(&low, &deadline), ETIMEDOUT); /* at once */
    deadline.tv_nsec = 1000000000;
    assert_int_equal(lock_acquire_until(&low, &deadline), EINVAL); /* no time at all */
    deadline.tv_nsec = -1;
    assert_int_equal(lock_acquire_until(&low, &deadline), EINVAL);
    assert_false(lock_is_held(&low));
    pthread_barrier_wait(&hold.enough);
    assert_int_equal(lock_acquire_until(&low, NULL), 0);
    assert_true(lock_is_held(&low));
    lock_release(&low);
    pthread_join(other, NULL);
    pthread_barrier_destroy(&hold.taken);
    pthread_barrier_destroy(&hold.enough);
}

TEST(a_free_lock_is_taken_however_late_it_is)
{
    struct timespec passed = clock_now();

    assert_int_equal(lock_acquire_until(&low, &passed), 0);
    assert_true(lock_is_held(&low));
    lock_release(&low);
}

static void fall_with_a_limit(void)
{
    struct timespec deadline = clock_now();

    lock_acquire(&high);
    assert_int_equal(lock_acquire_until(&low, &deadline), 0);
}

TEST(a_limit_is_no_leave_to_break_the_order)
{
    expect_abort(fall_with_a_limit,
                 "lock \"low\" (rank 1) is wanted while \"high\" (rank 2) is held: lower ranks "
                 "come first\n");
}

TEST(what_one_thread_holds_another_does_not)
{
    void *answer = &low;
    pthread_t other;

    lock_acquire(&low);
    assert_int_equal(pthread_create(&other, NULL, is_held_here, &low), 0);
    assert_int_equal(pthread_join(other, &answer), 0);
    assert_null(answer);
    assert_true(lock_is_held(&low));
    lock_release(&low);
}

/* ---- Two at once ---- */

TEST(both_are_held_whichever_is_named_first)
{
    for (int i = 0; i < 2; i++) {
        lock_acquire_both(&pair[i], &pair[1 - i]);
        assert_false(is_free(first) || is_free(second));
        lock_release_both(&pair[1 - i], &pair[i]);
        assert_true(is_free(first) && is_free(second));
    }
}

TEST(both_may_be_of_different_ranks)
{
    lock_acquire_both(&high, &low);
    assert_true(lock_is_held(&high) && lock_is_held(&low));
    lock_release_both(&high, &low);
}

TEST(both_may_be_one)
{
    lock_acquire_both(first, first);
    assert_false(is_free(first));
    lock_release_both(first, first);
    assert_true(is_free(first));
}

struct two {
    struct lock *a, *b;
    pthread_barrier_t begun;
};

static void *take_both(void *arg)
{
    struct two *two = arg;

    pthread_barrier_wait(&two->begun);
    lock_acquire_both(two->a, two->b);
    lock_release_both(two->a, two->b);
    return NULL;
}

/* While `one` is taken here, nobody who wants both gets hold of `other`. A
 * right order passes however long we look; a wrong one is caught in time. */
static void expect_order(struct lock *one, struct lock *other, bool reversed)
{
    struct two two = {.a = reversed ? other : one, .b = reversed ? one : other};
    struct timespec pause = {0, 100000};
    pthread_t thread;

    assert_int_equal(pthread_barrier_init(&two.begun, NULL, 2), 0);
    lock_acquire(one);
    assert_int_equal(pthread_create(&thread, NULL, take_both, &two), 0);
    pthread_barrier_wait(&two.begun);
    for (int i = 0; i < 100; i++) {
        assert_int_equal(lock_try(other), 0);
        lock_release(other);
        nanosleep(&pause, NULL);
    }
    lock_release(one);
    assert_int_equal(pthread_join(thread, NULL), 0);
    pthread_barrier_destroy(&two.begun);
}

TEST(of_two_equals_the_lower_address_is_taken_first)
{
    expect_order(first, second, false);
    expect_order(first, second, true);
}

TEST(of_two_ranks_the_lower_is_taken_first)
{
    expect_order(&low, &high, false);
    expect_order(&low, &high, true);
}

static void *take_both_many_times(void *arg)
{
    struct two *two = arg;

    for (int i = 0; i < 20000; i++) {
        lock_acquire_both(two->a, two->b);
        lock_release_both(two->a, two->b);
    }
    return NULL;
}

TEST(opposite_pairs_do_not_deadlock)
{
    struct two there = {.a = first, .b = second}, back = {.a = second, .b = first};
    pthread_t one, other;

    assert_int_equal(pthread_create(&one, NULL, take_both_many_times, &there), 0);
    assert_int_equal(pthread_create(&other, NULL, take_both_many_times, &back), 0);
    assert_int_equal(pthread_join(one, NULL), 0);
    assert_int_equal(pthread_join(other, NULL), 0);
}

/* ---- Waiting for a condition ---- */

static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static bool ready;

static void *make_ready(void *unused)
{
    lock_acquire(&low);
    ready = true;
    pthread_cond_signal(&changed);
    lock_release(&low);
    return unused;
}

TEST(its_mutex_serves_a_condition_variable)
{
    pthread_t other;

    lock_acquire(&low);
    assert_int_equal(pthread_create(&other, NULL, make_ready, NULL), 0);
    while (!ready)
        pthread_cond_wait(&changed, &low.mutex);
    assert_true(lock_is_held(&low));
    lock_release(&low);
    assert_int_equal(pthread_join(other, NULL), 0);
}

/* ---- Mistakes ---- */

static void take_the_lower_last(void)
{
    lock_acquire(&high);
    lock_acquire(&low);
}

TEST(falling_ranks_abort_and_name_both)
{
    expect_abort(take_the_lower_last,
                 "lock \"low\" (rank 1) is wanted while \"high\" (rank 2) is held: "
                 "lower ranks come first\n");
}

static void take_one_below_the_made(void)
{
    struct lock made;

    if (lock_init(&made, "made", 3) != 0)
        return;
    lock_acquire(&made);
    lock_acquire(&high);
}

TEST(a_lock_made_by_a_call_has_its_name_and_rank)
{
    expect_abort(take_one_below_the_made,
                 "lock \"high\" (rank 2) is wanted while \"made\" (rank 3) is held: "
                 "lower ranks come first\n");
}

/* A lock that was tried may lie over one that stands in the way. */
static void take_under_a_tried_one(void)
{
    struct lock top = LOCK_INIT("top", 9), middle = LOCK_INIT("middle", 2);

    lock_acquire(&top);
    if (lock_try(&low) == 0)
        lock_acquire(&middle);
}

TEST(every_held_lock_is_looked_at)
{
    expect_abort(take_under_a_tried_one,
                 "lock \"middle\" (rank 2) is wanted while \"top\" (rank 9) is held: "
                 "lower ranks come first\n");
}

static void take_twice(void)
{
    lock_acquire(&low);
    lock_acquire(&low);
}

TEST(taking_twice_aborts)
{
    expect_abort(take_twice, "lock \"low\" is wanted again by the thread that holds it\n");
}

static void take_equals_singly(void)
{
    lock_acquire(first);
    lock_acquire(second);
}

TEST(equals_one_by_one_abort_in_either_order)
{
    expect_abort(take_equals_singly, "lock \"second\" is wanted while \"first\" of the same rank 5 "
                                     "is held: take both with lock_acquire_both\n");
}

static void take_equals_the_other_way(void)
{
    lock_acquire(second);
    lock_acquire(first);
}

TEST(equals_are_no_matter_of_addresses)
{
    expect_abort(take_equals_the_other_way,
                 "lock \"first\" is wanted while \"second\" of the same rank 5 "
                 "is held: take both with lock_acquire_both\n");
}

static void take_a_third_equal(void)
{
    struct lock third = LOCK_INIT("third", 5);

    lock_acquire(&third);
    lock_acquire_both(first, second);
}

TEST(a_third_of_one_rank_aborts)
{
    expect_abort(take_a_third_equal, "lock \"first\" is wanted while \"third\" of the same rank 5 "
                                     "is held: take both with lock_acquire_both\n");
}

static void release_a_free_one(void)
{
    lock_release(&low);
}

TEST(giving_back_a_free_lock_aborts)
{
    expect_abort(release_a_free_one,
                 "lock \"low\" is released by a thread that does not hold it\n");
}

static void *release_it(void *lock)
{
    lock_release(lock);
    return NULL;
}

static void release_from_another_thread(void)
{
    pthread_t other;

    lock_acquire(&low);
    if (pthread_create(&other, NULL, release_it, &low) == 0)
        pthread_join(other, NULL);
}

TEST(giving_back_anothers_lock_aborts)
{
    expect_abort(release_from_another_thread,
                 "lock \"low\" is released by a thread that does not hold it\n");
}

static void destroy_a_held_one(void)
{
    lock_acquire(&low);
    lock_destroy(&low);
}

TEST(destroying_a_held_lock_aborts)
{
    char message[128];

    snprintf(message, sizeof message, "lock \"low\" cannot be destroyed: %s\n", strerror(EBUSY));
    expect_abort(destroy_a_held_one, message);
}

int main(void)
{
    return tests_run(NULL, NULL);
}
