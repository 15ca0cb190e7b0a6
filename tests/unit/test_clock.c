/* lib/clock through its header. Each test's name is the claim. */
#include "tests.h"

#include <time.h>

#include "lib/clock.h"

/* Seconds from one moment to another. */
static double between(struct timespec from, struct timespec to)
{
    return (double)(to.tv_sec - from.tv_sec) + (double)(to.tv_nsec - from.tv_nsec) / 1e9;
}

TEST(the_clock_never_goes_back)
{
    struct timespec last = clock_now();

    for (int i = 0; i < 100000; i++) {
        struct timespec now = clock_now();

        assert_true(between(last, now) >= 0);
        last = now;
    }
}

TEST(a_deadline_is_as_far_off_as_was_asked)
{
    static const int64_t ms[] = {0, 1, 999, 1000, 1001, 86400123};

    for (size_t i = 0; i < sizeof ms / sizeof ms[0]; i++) {
        struct timespec before = clock_now();
        struct timespec deadline = clock_after_ms(ms[i]);
        struct timespec after = clock_now();

        assert_true(between(before, deadline) > (double)ms[i] / 1000 - 1e-6);
        assert_true(between(after, deadline) < (double)ms[i] / 1000 + 1e-6);
    }
}

/* Whatever the nanoseconds of now are: 999 ms carry in nearly every call. */
TEST(nanoseconds_stay_below_a_second)
{
    for (int64_t ms = 0; ms < 3000; ms++) {
        struct timespec deadline = clock_after_ms(ms);

        assert_in_range(deadline.tv_nsec, 0, 999999999);
    }
}

TEST(a_negative_time_is_no_time)
{
    struct timespec before = clock_now();
    struct timespec deadline = clock_after_ms(INT64_MIN);

    assert_true(between(before, deadline) >= 0);
    assert_true(clock_passed(deadline));
}

TEST(the_longest_time_is_thirty_years)
{
    struct timespec before = clock_now();
    double years = between(before, clock_after_ms(INT64_MAX)) / (366.0 * 24 * 60 * 60);

    assert_true(years > 29.99 && years < 30.01);
    assert_false(clock_passed(clock_after_ms(INT64_MAX)));
}

TEST(a_deadline_has_passed_from_its_moment_on)
{
    assert_true(clock_passed(clock_now()));
    assert_true(clock_passed(clock_after_ms(0)));
    assert_false(clock_passed(clock_after_ms(3600 * 1000)));
}

/* The second decides before the nanosecond does. */
TEST(seconds_count_before_nanoseconds)
{
    struct timespec now = clock_now();

    assert_true(clock_passed((struct timespec){now.tv_sec - 1, 999999999}));
    assert_false(clock_passed((struct timespec){now.tv_sec + 3600, 0}));
}

TEST(seconds_since_are_counted_with_their_fraction)
{
    struct timespec now = clock_now();
    bool borrows = now.tv_nsec < 500000000;
    struct timespec start = {now.tv_sec - (borrows ? 3 : 2),
                             now.tv_nsec + (borrows ? 500000000 : -500000000)};
    double seconds = clock_seconds_since(start);

    assert_true(seconds > 2.5 - 1e-6);
    assert_true(seconds < 2.5 + between(now, clock_now()) + 1e-6);
}

TEST(seconds_since_a_later_moment_are_negative)
{
    assert_true(clock_seconds_since(clock_after_ms(3600 * 1000)) < -3000);
}

/* Not the clock that somebody can set: CLOCK_REALTIME is decades ahead. */
TEST(it_is_the_clock_that_nobody_sets)
{
    struct timespec before, now, after;

    clock_gettime(CLOCK_MONOTONIC, &before);
    now = clock_now();
    clock_gettime(CLOCK_MONOTONIC, &after);
    assert_true(between(before, now) >= 0);
    assert_true(between(now, after) >= 0);
}

int main(void)
{
    return tests_run(NULL, NULL);
}
