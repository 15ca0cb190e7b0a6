/* lib/thread through its header. Each test's name is the claim. */
#define _GNU_SOURCE /* pthread_setattr_default_np */

#include "tests.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

#include "lib/thread.h"
#include "under_valgrind.h"

static struct thread thread;
static struct thread_error error;

/* What was in *result and *error before, to see that it is still there, or not. */
static char old_result;

static int setup(void **state)
{
    (void)state;
    memset(&thread, 0, sizeof thread);
    error = (struct thread_error){-1, "old"};
    return 0;
}

FIXTURE(setup, NULL);

/* ---- What threads do here ---- */

static void *give_back(void *arg, struct thread_error *e)
{
    (void)e;
    return arg;
}

static void *fail_with_a_text(void *arg, struct thread_error *e)
{
    return thread_fail(e, ENOENT, "no file \"%s\"", (const char *)arg);
}

static void *wait_to_be_cancelled(void *arg, struct thread_error *e)
{
    (void)thread_fail(e, EIO, "on the way");
    for (;;)
        pause(); /* a cancellation point */
    return arg;
}

static void *leave_by_the_side_door(void *arg, struct thread_error *e)
{
    (void)e;
    pthread_exit(arg);
}

static void *start_and_wait(thread_function *run, void *arg)
{
    void *result = &old_result;

    assert_int_equal(thread_start(&thread, NULL, run, arg), 0);
    assert_int_equal(thread_join(&thread, &result, &error), 0);
    return result;
}

/* ---- Result and error ---- */

TEST(a_result_reaches_the_joiner)
{
    int arg = 0;

    assert_ptr_equal(start_and_wait(give_back, &arg), &arg);
    assert_int_equal(error.code, 0);
    assert_string_equal(error.text, "");
}

TEST(null_is_a_result_like_any_other)
{
    assert_null(start_and_wait(give_back, NULL));
}

TEST(an_error_reaches_the_joiner_and_no_result_does)
{
    void *result = &old_result;
    char name[] = "some.txt";

    assert_int_equal(thread_start(&thread, NULL, fail_with_a_text, name), 0);
    assert_int_equal(thread_join(&thread, &result, &error), ENOENT);
    assert_ptr_equal(result, &old_result);
    assert_int_equal(error.code, ENOENT);
    assert_string_equal(error.text, "no file \"some.txt\"");
}

TEST(nobody_needs_to_want_result_or_error)
{
    char name[] = "some.txt";

    assert_int_equal(thread_start(&thread, NULL, give_back, NULL), 0);
    assert_int_equal(thread_join(&thread, NULL, NULL), 0);
    assert_int_equal(thread_start(&thread, NULL, fail_with_a_text, name), 0);
    assert_int_equal(thread_join(&thread, NULL, NULL), ENOENT);
}

TEST(a_long_text_is_cut)
{
    char name[300];

    memset(name, 'x', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    assert_int_equal(thread_start(&thread, NULL, fail_with_a_text, name), 0);
    assert_int_equal(thread_join(&thread, NULL, &error), ENOENT);
    assert_int_equal(strlen(error.text), sizeof error.text - 1);
    assert_memory_equal(error.text, "no file \"xxx", 12);
}

TEST(failing_returns_null_and_the_last_failure_counts)
{
    assert_null(thread_fail(&error, EIO, "first"));
    assert_null(thread_fail(&error, EPIPE, "%s", "second"));
    assert_int_equal(error.code, EPIPE);
    assert_string_equal(error.text, "second");
}

/* ---- Ends that are no return ---- */

TEST(a_cancelled_thread_has_an_error_of_its_own)
{
    void *result = &old_result;

    assert_int_equal(thread_start(&thread, NULL, wait_to_be_cancelled, NULL), 0);
    assert_int_equal(pthread_cancel(thread.id), 0);
    assert_int_equal(thread_join(&thread, &result, &error), ECANCELED);
    assert_ptr_equal(result, &old_result);
    assert_string_equal(error.text, "the thread ended before its function returned");
}

TEST(a_thread_that_exits_on_the_way_has_no_result)
{
    void *result = &old_result;

    assert_int_equal(thread_start(&thread, NULL, leave_by_the_side_door, &thread), 0);
    assert_int_equal(thread_join(&thread, &result, &error), ECANCELED);
    assert_ptr_equal(result, &old_result);
}

/* ---- Joining what cannot be joined ---- */

TEST(joining_twice_is_an_error_and_harmless)
{
    void *result = &old_result;

    (void)start_and_wait(give_back, NULL);
    assert_int_equal(thread_join(&thread, &result, &error), EINVAL);
    assert_ptr_equal(result, &old_result);
    assert_int_equal(error.code, EINVAL);
    assert_string_equal(error.text, "no thread to join");
}

TEST(what_was_never_started_cannot_be_joined)
{
    assert_int_equal(thread_join(&thread, NULL, &error), EINVAL);
    assert_int_equal(thread_join(NULL, NULL, &error), EINVAL);
    assert_int_equal(thread_join(NULL, NULL, NULL), EINVAL);
}

static void *join_oneself(void *arg, struct thread_error *e)
{
    int *answer = arg;

    (void)e;
    *answer = thread_join(&thread, NULL, NULL);
    return NULL;
}

/* The handle is complete once thread_start has returned: so it waits for that. */
static pthread_mutex_t started = PTHREAD_MUTEX_INITIALIZER;

static void *join_oneself_later(void *arg, struct thread_error *e)
{
    pthread_mutex_lock(&started);
    pthread_mutex_unlock(&started);
    return join_oneself(arg, e);
}

TEST(a_thread_that_joins_itself_is_told_and_can_still_be_joined)
{
    int answer = -1;

    pthread_mutex_lock(&started);
    assert_int_equal(thread_start(&thread, NULL, join_oneself_later, &answer), 0);
    pthread_mutex_unlock(&started);
    assert_int_equal(thread_join(&thread, NULL, NULL), 0);
    assert_int_equal(answer, EDEADLK);
}

TEST(a_handle_can_be_used_again)
{
    char name[] = "some.txt";
    int arg = 0;

    assert_int_equal(thread_start(&thread, "first", fail_with_a_text, name), 0);
    assert_int_equal(thread_join(&thread, NULL, &error), ENOENT);
    assert_ptr_equal(start_and_wait(give_back, &arg), &arg);
    assert_int_equal(error.code, 0);
}

/* ---- Starting ---- */

static void *touch(void *arg, struct thread_error *e)
{
    int *touched = arg;

    (void)e;
    *touched = 1;
    return NULL;
}

TEST(bad_arguments_start_nothing)
{
    int touched = 0;

    assert_int_equal(thread_start(NULL, NULL, touch, &touched), EINVAL);
    assert_int_equal(thread_start(&thread, NULL, NULL, &touched), EINVAL);
    assert_int_equal(thread_join(&thread, NULL, NULL), EINVAL);
    assert_int_equal(thread_start(&thread, "sixteen-bytes-xx", touch, &touched), ERANGE);
    assert_int_equal(thread_join(&thread, NULL, NULL), EINVAL);
    assert_int_equal(touched, 0);
}

static void *tell_name(void *arg, struct thread_error *e)
{
    (void)e;
#ifdef __linux__
    prctl(PR_GET_NAME, arg);
#endif
    return NULL;
}

TEST(the_system_knows_the_name)
{
    char name[16] = "";

#ifndef __linux__
    skip();
#endif
    assert_int_equal(thread_start(&thread, "fifteen-bytes-x", tell_name, name), 0);
    assert_int_equal(thread_join(&thread, NULL, NULL), 0);
    assert_string_equal(name, "fifteen-bytes-x");
}

TEST(a_thread_without_a_name_keeps_its_starters)
{
    char mine[16] = "", name[16] = "?";

#ifndef __linux__
    skip();
#endif
    (void)tell_name(mine, NULL);
    assert_int_equal(thread_start(&thread, NULL, tell_name, name), 0);
    assert_int_equal(thread_join(&thread, NULL, NULL), 0);
    assert_string_equal(name, mine);
}

/* ---- Many, and too many ---- */

enum { MANY = 64 };

TEST(each_of_many_brings_back_its_own)
{
    static struct thread threads[MANY];
    static char args[MANY][2];

    for (int i = 0; i < MANY; i++)
        assert_int_equal(thread_start(&threads[i], "one of many",
                                      i % 2 ? give_back : fail_with_a_text, args[i]),
                         0);
    for (int i = 0; i < MANY; i++) {
        void *result = &old_result;

        assert_int_equal(thread_join(&threads[i], &result, NULL), i % 2 ? 0 : ENOENT);
        assert_ptr_equal(result, i % 2 ? args[i] : &old_result);
    }
}

static void *measure_stack(void *arg, struct thread_error *why)
{
    (void)why;
#ifdef __GLIBC__
    pthread_attr_t own;

    pthread_getattr_np(pthread_self(), &own);
    pthread_attr_getstacksize(&own, arg);
    pthread_attr_destroy(&own);
#else
    *(size_t *)arg = (size_t)16 << 20;
#endif
    return arg;
}

TEST(a_thread_has_the_stack_that_was_wished_for)
{
    size_t size = 0;
    void *result;

    assert_int_equal(thread_start_sized(&thread, "wide", (size_t)16 << 20, measure_stack, &size),
                     0);
    assert_int_equal(thread_join(&thread, &result, NULL), 0);
    assert_true(size >= (size_t)16 << 20);
    assert_int_equal(thread_start_sized(&thread, "narrow", 300001, measure_stack, &size), 0);
    assert_int_equal(thread_join(&thread, &result, NULL), 0);
    assert_true(size >= 300001);
    assert_int_equal(thread_start_sized(&thread, "least", 1, give_back, &size), 0);
    assert_int_equal(thread_join(&thread, &result, NULL), 0);
    assert_int_equal(thread_start_sized(&thread, NULL, SIZE_MAX, give_back, &size), EAGAIN);
    assert_int_equal(thread_join(&thread, NULL, NULL), EINVAL);
}

/* A stack that no address space can hold, whoever runs this. */
TEST(no_room_for_a_thread_is_eagain_and_starts_nothing)
{
#ifdef __GLIBC__
    pthread_attr_t usual, huge;
    int err;

    if (under_valgrind())
        skip(); /* its mmap says EINVAL where the kernel says ENOMEM */
    assert_int_equal(pthread_getattr_default_np(&usual), 0);
    assert_int_equal(pthread_attr_init(&huge), 0);
    assert_int_equal(pthread_attr_setstacksize(&huge, (size_t)1 << 60), 0);
    assert_int_equal(pthread_setattr_default_np(&huge), 0);
    err = thread_start(&thread, NULL, give_back, NULL);
    assert_int_equal(pthread_setattr_default_np(&usual), 0);
    assert_int_equal(err, EAGAIN);
    assert_int_equal(thread_join(&thread, NULL, NULL), EINVAL);
#else
    skip();
#endif
}

int main(void)
{
    return tests_run(NULL, NULL);
}
